"""What the pages of the reading room show; one module a page, which reads the archive and returns records."""
