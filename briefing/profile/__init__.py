"""Profiles: YAML in, checked records out; the only reader of configuration."""
