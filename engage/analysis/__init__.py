"""Understand: what the answers say, which of it is sure, and what is too small to show."""
