"""What forums, sign-ups and links say, as frozen records."""
