"""Signing in: with a password and six digits, with a passkey, or by a partner's own sign-in."""

from engage.accounts.signing_in.library import OPEN_ROUTES, init_app

__all__ = ["OPEN_ROUTES", "init_app"]
