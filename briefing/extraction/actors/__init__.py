"""Actors: who does or says something, and what made them one."""
