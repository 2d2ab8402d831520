"""Turn a news article into a one-page brief whose every line can be checked against the article."""

__version__ = "0.1.0"
