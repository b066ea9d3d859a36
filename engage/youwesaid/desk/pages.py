"""The blueprint of the staff pages of this feature, and who is looking."""

from flask import Blueprint

pages = Blueprint("youwesaid_desk", __name__, url_prefix="/desk", template_folder="../templates")
