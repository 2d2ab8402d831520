"""Templates: where they are found, how they are filled in, what a user's own may do."""
