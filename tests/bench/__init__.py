"""Measures, printed by `make bench` as one table; each file here has `rows()`."""
