"""Processes, sandboxes and files: how work runs, and where its results go."""
