"""The receipt page: what happened to what I said."""

from flask import Blueprint

pages = Blueprint("comeback", __name__, url_prefix="/receipt", template_folder="templates")
