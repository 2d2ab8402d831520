"""Learn points of agreement and disagreement from articles with expert briefs; see README.md."""
