"""The one blueprint of the pages that anybody may open."""

from flask import Blueprint

pages = Blueprint("forums", __name__, url_prefix="/forums", template_folder="../templates")
