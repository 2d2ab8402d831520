"""What a user names: the articles that it leads to."""
