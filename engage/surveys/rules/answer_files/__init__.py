"""Answers as files for other programs: which columns, what stays hidden, and how each kind of file is written."""
