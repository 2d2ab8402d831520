"""What persons and bodies are said to be, and to whom they belong."""
