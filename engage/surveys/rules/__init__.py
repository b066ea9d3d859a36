"""What a survey is, who is asked what, and what counts as an answer: plain functions, no database, no web."""
