"""Coreference: the entities that pronouns and common nouns refer to."""
