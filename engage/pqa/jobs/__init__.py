"""The work of the worker's child for this feature: setting pages as tagged PDFs, so that nobody waits while it is done.

The setting itself runs in a process of its own, which alone loads what it takes (2026-11).
"""

from engage.pqa.jobs.printing import print_pack, print_results

KINDS = {"result_file": print_results, "pack_file": print_pack}
__all__ = ["KINDS", "print_pack", "print_results"]
