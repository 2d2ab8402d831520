"""Processes, files, terminals and YAML: tools that every other package may use."""
