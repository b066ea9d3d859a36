"""Staff pages: reading, themes."""

from flask import Blueprint

pages = Blueprint("analysis_desk", __name__, url_prefix="/desk", template_folder="templates")
