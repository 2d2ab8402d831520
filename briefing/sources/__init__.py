"""The inputs that a user names, and the articles that they lead to."""
