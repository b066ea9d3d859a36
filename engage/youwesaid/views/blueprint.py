"""The blueprint of the public pages, and how a browser may keep them."""

from collections.abc import Callable

from flask import Blueprint, Response

from engage.shared.revalidating import revalidated
from engage.youwesaid.queries.edition import edition

pages = Blueprint("youwesaid", __name__, url_prefix="/you-said-we-did", template_folder="../templates")


def kept(make: Callable[[], str], *stamps: object, mimetype: str = "text/html") -> Response:
    """Let a browser keep a public page until a concern changes; `stamps` are what else the page is made of."""
    return revalidated(make, edition(), *stamps, mimetype=mimetype)
