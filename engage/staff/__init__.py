"""What waits for me today, from every feature, oldest first, one click to act; and the rooms I may enter.

It decides nothing: each feature says what waits for a person (2026-11).
"""
