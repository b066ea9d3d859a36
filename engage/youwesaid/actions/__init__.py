"""Change concerns, actions and updates; the page commits."""
