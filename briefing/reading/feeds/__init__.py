"""Read feeds and lists of feeds."""
