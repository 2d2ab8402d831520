"""Fetch web pages within limits, and read them without boilerplate and hidden text."""
