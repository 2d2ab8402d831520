"""The pages of a digest."""
