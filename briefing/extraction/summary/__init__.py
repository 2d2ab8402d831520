"""The summary: rank sentences, choose some, and trim each so that it can be read alone."""
