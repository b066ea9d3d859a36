"""Understand: what the answers say, which of it is sure, and what is too small to show.

It holds the reading queue, the code frame, frozen results and `method`, a pure library; `queries` is the only door from
what young people wrote to what is published. It refuses to publish anything itself, and to let a model decide
(2026-11).
"""
