"""Whom a point is between: what noun phrases name, on which side, for whom they act."""
