"""What the panel reads."""
