"""Roles of persons: their offices and functions, and the bodies that they belong to."""
