"""Review: what people decide about the lines of a brief or digest, and the brief that follows from it."""
