"""Putting the answers that may tell of harm first in the reading order; it never clears, hides or closes one."""

from engage.analysis.method.screening.screen import Screen

__all__ = ["Screen"]
