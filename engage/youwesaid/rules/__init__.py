"""What may happen to concerns, actions and updates; no database."""
