"""Where the front door may send somebody."""

from urllib.parse import urlsplit

HOME = "/"


def local_address(typed: str) -> str:
    """Give an address of this site as it was typed, or the home page for anything that leads elsewhere."""
    parts = urlsplit(typed) if typed.startswith("/") and typed[1:2] not in ("/", "\\") else None
    if parts is None or parts.scheme or parts.netloc or any(ord(c) <= ord(" ") for c in typed):
        return HOME
    return typed
