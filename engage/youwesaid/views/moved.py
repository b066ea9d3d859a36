"""The old address of a concern that was put together with another leads to where it is now."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.shared.errors import NotFound
from engage.shared.problems import explain
from engage.youwesaid.queries.versions import moved_to
from engage.youwesaid.views.blueprint import pages


@pages.errorhandler(NotFound)
def follow_or_explain(error: NotFound) -> ResponseReturnValue:
    """Send a reader on for good, or say that there is no such page."""
    asked = request.view_args or {}
    slug = moved_to(asked.get("slug", ""))
    if slug is None:
        return explain(error)
    return redirect(url_for(str(request.endpoint), **{**asked, "slug": slug}), 301)
