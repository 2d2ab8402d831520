"""What ties a printed line to its article: grounding, the seal, the checks of a line."""
