"""The words that say that parties agree or disagree: verbs, nouns, idioms, turns."""
