"""The heavy work, run by the worker in a child process that ends: reading, finding themes, freezing results."""

from engage.analysis.jobs.work import KINDS, do_all, do_one

__all__ = ["KINDS", "do_all", "do_one"]
