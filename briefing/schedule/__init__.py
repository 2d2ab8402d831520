"""Digests on a schedule: when they are due, and that each is made and delivered once."""
