"""Concerns as everybody may read them, one by one and all together, and their feed."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from engage.accounts.guards import Who, open_to
from engage.shared.clock import today
from engage.shared.paging import LINES, page_asked, page_of
from engage.youwesaid.queries import public as queries
from engage.youwesaid.rules.concerns import STATE_WORDS, TOPICS
from engage.youwesaid.views.blueprint import kept, pages

WORDS = {"topics": TOPICS, "state_words": STATE_WORDS}


@pages.get("/")
@open_to(Who.ANYONE)
def show_concerns() -> ResponseReturnValue:
    asked = {name: request.args.get(name, "") for name in ("topic", "state", "year")}
    page = page_of(queries.concerns(**asked, today=today()), page_asked())
    return kept(render_template("youwesaid/concerns.html", page=page, asked=asked, years=queries.years(), **WORDS))


@pages.get("/<slug>")
@open_to(Who.ANYONE)
def show_concern(slug: str) -> ResponseReturnValue:
    concern = queries.concern(slug, today=today())
    return kept(render_template("youwesaid/concern.html", concern=concern, **WORDS))


@pages.get("/feed.atom")
@open_to(Who.ANYONE)
def show_feed() -> ResponseReturnValue:
    found = sorted(queries.concerns(today=today()), key=lambda concern: concern.changed_on, reverse=True)[:LINES]
    feed = render_template("youwesaid/feed.xml", concerns=found, root=request.url_root.rstrip("/"), **WORDS)
    return kept(feed, mimetype="application/atom+xml")
