"""PDF files: written with WeasyPrint, completed for PDF/UA, and read back for ``verify``."""
