"""The only writers of what we understood: reading, coding, the code frame, frozen results."""
