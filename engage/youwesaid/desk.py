"""Staff pages: concerns, actions, updates."""

from flask import Blueprint

pages = Blueprint("youwesaid_desk", __name__, url_prefix="/desk", template_folder="templates")
