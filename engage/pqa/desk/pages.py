"""The blueprint of the panel's pages, who reads them, and who is looking."""

from flask import Blueprint

from engage.accounts.rules import Role

pages = Blueprint("pqa_desk", __name__, url_prefix="/desk", template_folder="../templates")
READERS = (Role.PQA, Role.VOICE, Role.SCRUTINEER)
