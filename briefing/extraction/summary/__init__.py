"""The summary: sentences ranked, chosen and trimmed until each can stand alone."""
