"""Reported speech: quotations with their cues, sources and contents."""
