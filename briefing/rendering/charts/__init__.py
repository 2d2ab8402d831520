"""Pictures of a brief: its timeline and its matrix, as SVG."""
