"""What the panel, its scrutineer and ambassadors type."""
