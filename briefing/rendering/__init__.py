"""One brief, many formats: no renderer computes content."""
