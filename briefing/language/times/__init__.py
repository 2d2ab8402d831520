"""Time expressions: a grammar finds them in a sentence; the calendar and the tense resolve them."""
