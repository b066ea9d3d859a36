"""The public pages: you said, we did."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from engage.accounts.guards import Who, open_to
from engage.shared.clock import today
from engage.shared.paging import LINES, page_asked, page_of
from engage.youwesaid.queries import public as queries
from engage.youwesaid.rules.concerns import STATE_WORDS, TOPICS

pages = Blueprint("youwesaid", __name__, url_prefix="/you-said-we-did", template_folder="templates")
WORDS = {"topics": TOPICS, "state_words": STATE_WORDS}


@pages.get("/")
@open_to(Who.ANYONE)
def show_concerns() -> ResponseReturnValue:
    asked = {name: request.args.get(name, "") for name in ("topic", "state", "year")}
    page = page_of(queries.concerns(**asked, today=today()), page_asked())
    return _kept(render_template("youwesaid/concerns.html", page=page, asked=asked, years=queries.years(), **WORDS))


@pages.get("/<slug>")
@open_to(Who.ANYONE)
def show_concern(slug: str) -> ResponseReturnValue:
    concern = queries.concern(slug, today=today())
    return _kept(render_template("youwesaid/concern.html", concern=concern, **WORDS))


@pages.get("/feed.atom")
@open_to(Who.ANYONE)
def show_feed() -> ResponseReturnValue:
    found = sorted(queries.concerns(today=today()), key=lambda concern: concern.changed_on, reverse=True)[:LINES]
    feed = render_template("youwesaid/feed.xml", concerns=found, root=request.url_root.rstrip("/"), **WORDS)
    return _kept(feed, mimetype="application/atom+xml")


def _kept(body: str, mimetype: str = "text/html") -> Response:
    """Let a browser keep a public page, and ask each time whether it is still the same."""
    response = Response(body, mimetype=mimetype)
    response.headers["Cache-Control"] = "private, max-age=0, must-revalidate"
    response.add_etag()
    response.make_conditional(request)
    return response
