"""Digests on a schedule: find when each is due, then make and deliver it exactly once."""
