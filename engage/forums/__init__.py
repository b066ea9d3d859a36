"""Professional and Young People Forums: sign-up, consent, the day, what was said at the tables. Not built yet.

It will refuse to import surveys: what is said at a forum enters the loop through the analysis (2026-11).
"""
