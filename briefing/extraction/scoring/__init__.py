"""Score sentences and entities with a small learned model: agreement, disagreement, events to come, and whose."""
