"""One extractor for each field of a brief: Analysis in, records out."""
