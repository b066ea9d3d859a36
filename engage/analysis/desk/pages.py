"""The blueprint of the staff pages of this feature, and who is looking."""

from flask import Blueprint

from engage.accounts.rules import Role

pages = Blueprint("analysis_desk", __name__, url_prefix="/desk", template_folder="../templates")
READERS = (Role.VOICE, Role.SAFEGUARDING)
