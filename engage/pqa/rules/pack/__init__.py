"""A pack: what it says, its states, and how one version differs from another; no database."""
