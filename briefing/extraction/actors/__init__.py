"""Actors: who acts or speaks in an article."""
