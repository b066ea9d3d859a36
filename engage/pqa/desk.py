"""Staff pages: results."""

from flask import Blueprint

pages = Blueprint("pqa_desk", __name__, url_prefix="/desk/results", template_folder="templates")
