"""The blueprint of the staff pages of this feature, and who may look at them."""

from flask import Blueprint

from engage.accounts.rules import Role

pages = Blueprint("surveys_desk", __name__, url_prefix="/desk/surveys", template_folder="../templates")
LOOKERS = (Role.VOICE, Role.SAFEGUARDING, Role.PQA, Role.SCRUTINEER, Role.INFORMATION)
