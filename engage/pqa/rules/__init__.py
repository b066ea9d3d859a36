"""What results may stand beside each other; no database."""
