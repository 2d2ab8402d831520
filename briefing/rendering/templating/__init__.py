"""Find and fill in templates, and limit what a user's templates may do."""
