"""The pages under /s/."""

from flask import Blueprint

pages = Blueprint("surveys", __name__, url_prefix="/s", template_folder="../templates")
