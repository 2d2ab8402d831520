"""Points of agreement and disagreement: cues, the parties to them, matters, statements."""
