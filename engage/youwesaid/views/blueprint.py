"""The blueprint of the public pages, and how a browser may keep them."""

from flask import Blueprint, Response, request

pages = Blueprint("youwesaid", __name__, url_prefix="/you-said-we-did", template_folder="../templates")


def kept(body: str, mimetype: str = "text/html") -> Response:
    """Let a browser keep a public page, and ask each time whether it is still the same."""
    response = Response(body, mimetype=mimetype)
    response.headers["Cache-Control"] = "private, max-age=0, must-revalidate"
    response.add_etag()
    response.make_conditional(request)
    return response
