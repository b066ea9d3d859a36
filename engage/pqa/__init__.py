"""The panel: results of waves beside what others published, each with its base, its way of asking and its limits.

It refuses raw answers and true counts: everything comes from frozen, protected snapshots through `analysis.queries`
(2026-11).
"""
