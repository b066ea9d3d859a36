"""Staff pages: waves and their settings."""

from flask import Blueprint

pages = Blueprint("surveys_desk", __name__, url_prefix="/desk/surveys", template_folder="templates")
