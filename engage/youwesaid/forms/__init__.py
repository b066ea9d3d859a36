"""What staff and ambassadors type: concerns, actions, updates, and their reasons."""
