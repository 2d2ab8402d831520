"""PDF pages, written by WeasyPrint and completed."""
