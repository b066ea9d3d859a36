"""Signing in: the sign-in library, set up and restyled."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Attach the sign-in library."""
