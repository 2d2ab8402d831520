"""PDF documents: words, lines, paragraphs."""
