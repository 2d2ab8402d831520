"""Read PDF documents: words, lines, paragraphs."""
