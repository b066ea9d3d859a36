"""The work of the worker's child for this feature: making pictures anew, so that nothing hidden stays in them.

Pillow is loaded here only (2026-11).
"""

from engage.youwesaid.jobs.files import clean_file

KINDS = {"clean": clean_file}
__all__ = ["KINDS", "clean_file"]
