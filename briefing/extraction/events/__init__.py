"""Upcoming events: candidates that single sentences tell, merged, placed, titled."""
