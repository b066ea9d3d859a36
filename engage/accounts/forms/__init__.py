"""What staff type: to sign in, and about people. Staff pages are in English, so these words are not for translators."""
