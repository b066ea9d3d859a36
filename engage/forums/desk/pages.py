"""The blueprint of the staff pages of this feature, and who is looking."""

from flask import Blueprint

from engage.accounts.guards import person
from engage.accounts.rules import Person
from engage.shared.errors import NotAllowed
from engage.shared.words import N_

pages = Blueprint("forums_desk", __name__, url_prefix="/desk/forums", template_folder="../templates")


def me() -> Person:
    """Give who is signed in. Raises `NotAllowed` when nobody is."""
    someone = person()
    if someone is None:
        raise NotAllowed(N_("Sign in first."))
    return someone
