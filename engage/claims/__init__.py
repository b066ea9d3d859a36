"""What people ask of the information officer about their own details, and complaints: each answered by a day.

It refuses to look anybody up: an answer to a survey belongs to nobody we could name, and the page says so (2026-11).
"""
