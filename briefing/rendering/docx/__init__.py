"""Word documents, written with python-docx."""
