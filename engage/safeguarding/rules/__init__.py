"""What is heard, how soon an alert must be read, what may happen to it: plain functions, no database, no web."""
