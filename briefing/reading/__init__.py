"""Bytes of any kind in, an Article out."""
