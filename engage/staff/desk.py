"""Staff page: what waits for me today."""

from flask import Blueprint

pages = Blueprint("staff_desk", __name__, url_prefix="/desk", template_folder="templates")


def rooms() -> list[object]:
    """The rooms the signed-in person may enter."""
    return []
