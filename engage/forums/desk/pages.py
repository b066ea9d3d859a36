"""The blueprint of the staff pages of this feature, and who is looking."""

from flask import Blueprint

pages = Blueprint("forums_desk", __name__, url_prefix="/desk/forums", template_folder="../templates")
