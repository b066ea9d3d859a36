"""The public pages: you said, we did."""

from flask import Blueprint

pages = Blueprint("youwesaid", __name__, url_prefix="/you-said-we-did", template_folder="templates")
