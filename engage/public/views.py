"""The front door."""

from flask import Blueprint

pages = Blueprint("public", __name__, template_folder="templates")


def help_lines() -> list[object]:
    """Who to call now."""
    return []
