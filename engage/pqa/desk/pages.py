"""The blueprint of the panel's pages, who reads them, and who may ask for more or change something."""

from flask import Blueprint

from engage.accounts.rules import Role

pages = Blueprint("pqa_desk", __name__, url_prefix="/desk", template_folder="../templates")
READERS = (Role.PQA, Role.VOICE, Role.SCRUTINEER)
CUTTERS = frozenset({Role.PQA, Role.VOICE})  # the scrutineer changes nothing, and a cut that is made stays
