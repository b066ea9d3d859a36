"""Pages a young person meets on a phone."""

from flask import Blueprint

pages = Blueprint("surveys", __name__, url_prefix="/s", template_folder="templates")
