"""Time expressions: a grammar over the words of a sentence, resolved by calendar and tense."""
