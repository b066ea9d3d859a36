"""The same for programs: an Atom feed and JSON, in English, narrowed like the page (docs/open-data.md)."""

import json
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import Who, open_to
from engage.shared.clock import today
from engage.shared.paging import LINES
from engage.youwesaid.queries import public as queries
from engage.youwesaid.queries.finding import Asked, narrowed
from engage.youwesaid.queries.public import Concern, Told
from engage.youwesaid.rules.concerns import STATE_WORDS, TOPICS
from engage.youwesaid.views.blueprint import kept, pages

VERSION = 1  # of the JSON: fields may be added; one that changes its meaning or goes makes a new version


@pages.get("/feed.atom")
@open_to(Who.ANYONE)
def show_feed() -> ResponseReturnValue:
    return kept(_feed, mimetype="application/atom+xml")


@pages.get("/concerns.json")
@open_to(Who.ANYONE)
def show_all_as_json() -> ResponseReturnValue:
    return kept(lambda: _json({"concerns": [_plain(one) for one in _asked_for()]}), mimetype="application/json")


@pages.get("/<slug>.json")
@open_to(Who.ANYONE)
def show_as_json(slug: str) -> ResponseReturnValue:
    return kept(lambda: _json({"concern": _with_history(slug)}), mimetype="application/json")


def _asked_for() -> list[Concern]:
    return narrowed(queries.concerns(today=today()), Asked.of(request.args), topic_words=TOPICS)


def _feed() -> str:
    found = sorted(_asked_for(), key=lambda concern: concern.changed_on, reverse=True)[:LINES]
    return render_template(
        "youwesaid/feed.xml",
        concerns=found, root=request.url_root.rstrip("/"), topics=TOPICS, state_words=STATE_WORDS,
    )  # fmt: skip


def _json(said: dict[str, Any]) -> str:
    return json.dumps({"version": VERSION, "language": "en", **said}, ensure_ascii=False, indent=1)


def _with_history(slug: str) -> dict[str, Any]:
    one = queries.concern(slug, today=today())
    lines = [
        {"on": line.on.isoformat(), "state": line.state, "words": line.words or STATE_WORDS[line.state]}
        for line in one.history
    ]
    return {**_plain(one), "history": lines}


def _plain(one: Concern) -> dict[str, Any]:
    refused = one.state == "cannot" and one.look_again_on
    why = {"reason": one.reason, "decided_by": one.decided_by, "look_again_on": str(one.look_again_on)}
    return {
        "address": url_for("youwesaid.show_concern", slug=one.slug, _external=True),
        "title": one.title,
        "you_said": one.you_said,
        "sources": one.sources,
        "topic": {"code": one.topic, "words": TOPICS.get(one.topic, one.topic)},
        "areas": list(one.area_names),
        "state": {"code": one.state, "words": STATE_WORDS[one.state]},
        "said_on": one.said_on.isoformat(),
        "promised_on": None if one.finished else one.promised_on.isoformat(),
        "changed_on": one.changed_on.isoformat(),
        "we_did": [_told(told) for told in one.told],
        "cannot": why if refused else None,
    }


def _told(told: Told) -> dict[str, Any]:
    return {
        "on": told.on.isoformat(),
        "words": told.we_did,
        "next_step": told.next_step,
        "next_by": told.next_by.isoformat() if told.next_by else None,
        "checked_by_young_people": not told.unchecked,
    }
