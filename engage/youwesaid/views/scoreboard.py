"""How well we keep our word, for everybody: the scoreboard of the loop, a sentence and a figure for each measure."""

from functools import partial

from flask import render_template
from flask.typing import ResponseReturnValue

from engage.accounts.guards import Who, open_to
from engage.shared.clock import today
from engage.youwesaid.queries.loop import scoreboard
from engage.youwesaid.rules.loop import FEWEST_ALERTS, Scoreboard, in_units, says_percent
from engage.youwesaid.views.blueprint import kept, pages


@pages.get("/scoreboard")
@open_to(Who.ANYONE)
def show_scoreboard() -> ResponseReturnValue:
    board = scoreboard(on=today())
    return kept(lambda: _page(board), board)


def _page(board: Scoreboard) -> str:
    return render_template(
        "youwesaid/scoreboard.html",
        board=board,
        says_percent=partial(says_percent, public=True),
        in_units=in_units,
        fewest_alerts=FEWEST_ALERTS,
    )
