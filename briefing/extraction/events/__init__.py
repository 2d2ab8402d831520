"""Upcoming events: find mentions in single sentences, merge them, and give each event a place and a title."""
