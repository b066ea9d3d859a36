"""Change what the panel keeps; the page commits."""
