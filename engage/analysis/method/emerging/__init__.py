"""Small new concerns: what is said more than before, in two tiers, and what would have been too small to see."""

from engage.analysis.method.emerging.finding import emerging

__all__ = ["emerging"]
