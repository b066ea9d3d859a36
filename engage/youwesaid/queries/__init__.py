"""Read concerns, actions and updates: `public` for everybody, `desk` for staff."""
