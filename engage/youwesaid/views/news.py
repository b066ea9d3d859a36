"""The newsletters that were sent, for everybody."""

from flask import render_template
from flask.typing import ResponseReturnValue

from engage.accounts.guards import Who, open_to
from engage.shared.paging import page_asked, page_of
from engage.youwesaid.queries import newsletter as queries
from engage.youwesaid.rules.newsletter import EDITIONS, KINDS
from engage.youwesaid.views.blueprint import kept, pages


@pages.get("/news/")
@open_to(Who.ANYONE)
def show_all_news() -> ResponseReturnValue:
    return kept(_all)


@pages.get("/news/<edition>/<int:number>")
@open_to(Who.ANYONE)
def show_news(edition: str, number: int) -> ResponseReturnValue:
    return kept(lambda: _one(edition, number))


def _all() -> str:
    page = page_of(queries.issued(), page_asked())
    return render_template("youwesaid/all_news.html", page=page, editions=EDITIONS)


def _one(edition: str, number: int) -> str:
    one = queries.issued_number(edition, number)
    news = queries.news(one.since, one.until)
    return render_template("youwesaid/news.html", number=one, news=news, kinds=KINDS, editions=EDITIONS)
