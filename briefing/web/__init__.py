"""The reading room: pages in the browser over one archive."""
