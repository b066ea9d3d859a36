"""By when a claim is answered and how it may end, and what is kept of whom: plain functions, no database, no web."""
