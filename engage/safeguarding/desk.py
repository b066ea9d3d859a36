"""Staff pages: alerts and messages."""

from flask import Blueprint

pages = Blueprint("safeguarding_desk", __name__, url_prefix="/desk/alerts", template_folder="templates")
