"""Concerns as everybody may read them: all together, and one by one."""

from dataclasses import replace

from flask import render_template, request
from flask.typing import ResponseReturnValue

from engage.accounts.guards import Who, open_to
from engage.shared.clock import today
from engage.shared.languages import language, translated
from engage.shared.paging import page_asked, page_of
from engage.youwesaid.queries import public as queries
from engage.youwesaid.queries.beside import beside
from engage.youwesaid.queries.finding import Asked, narrowed, offered
from engage.youwesaid.rules.areas import WHOLE
from engage.youwesaid.rules.concerns import STATE_WORDS, TOPICS
from engage.youwesaid.views.blueprint import kept, pages

WORDS = {"topics": TOPICS, "state_words": STATE_WORDS}


@pages.get("/")
@open_to(Who.ANYONE)
def show_concerns() -> ResponseReturnValue:
    return kept(_list)


@pages.get("/<slug>")
@open_to(Who.ANYONE)
def show_concern(slug: str) -> ResponseReturnValue:
    return kept(lambda: _one(slug))


def _list() -> str:
    asked, everything = Asked.of(request.args), queries.concerns(today=today(), language=language())
    topic_words = {code: translated(words) for code, words in TOPICS.items()}
    within = narrowed(everything, replace(asked, state=""), topic_words=topic_words)
    found = [one for one in within if asked.state in ("", one.state)]
    return render_template(
        "youwesaid/concerns.html",
        page=page_of(found, page_asked()), count=len(found), asked=asked, whole=WHOLE,
        offered=offered(everything, within), **WORDS,
    )  # fmt: skip


def _one(slug: str) -> str:
    concern = queries.concern(slug, today=today(), language=language())
    return render_template(
        "youwesaid/concern.html",
        concern=concern, beside=beside(concern.id, today=today()), address=request.base_url, **WORDS,
    )  # fmt: skip
