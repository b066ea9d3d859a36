"""Suggests the team's codes after reading some that people coded; people always decide."""

from engage.analysis.method.coding.coder import ThemeCoder

__all__ = ["ThemeCoder"]
