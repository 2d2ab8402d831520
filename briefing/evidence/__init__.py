"""Evidence: checks that a printed line holds only the words of its article, and the seal of a brief."""
