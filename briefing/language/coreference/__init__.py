"""Whom pronouns and common nouns refer to."""
