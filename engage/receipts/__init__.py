"""The words a young person keeps: made from the sitting's secret, recognised by a keyed slow hash, never stored.

It refuses to know what a receipt belongs to: each feature keeps the hash beside its own rows (2026-11).
"""
