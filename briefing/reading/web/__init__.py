"""Web pages: fetched within limits, and read without what surrounds or hides in them."""
