"""What a text says in grammar: Article in, Analysis out."""
