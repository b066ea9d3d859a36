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
    page = page_of(queries.issued(), page_asked())
    return kept(render_template("youwesaid/all_news.html", page=page, editions=EDITIONS))


@pages.get("/news/<edition>/<int:number>")
@open_to(Who.ANYONE)
def show_news(edition: str, number: int) -> ResponseReturnValue:
    one = queries.issued_number(edition, number)
    news = queries.news(one.since, one.until)
    return kept(render_template("youwesaid/news.html", number=one, news=news, kinds=KINDS, editions=EDITIONS))
