"""Deliver finished digests to folders, mail servers and webhooks."""
