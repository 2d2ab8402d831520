"""Profiles: read YAML files, check them and return records; nothing else reads configuration."""
