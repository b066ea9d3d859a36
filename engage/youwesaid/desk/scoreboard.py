"""The panel's scoreboard: the public figures with their intervals, what is late or open longest, and by agency."""

from functools import partial

from flask import render_template, request
from flask.typing import ResponseReturnValue

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.shared.clock import today
from engage.youwesaid.desk.pages import pages
from engage.youwesaid.queries.by_agency import by_agency
from engage.youwesaid.queries.loop import scoreboard
from engage.youwesaid.rules.loop import FEWEST_ALERTS, PERIODS, in_units, says_percent, since_of


@pages.get("/scoreboard")
@open_to(Role.VOICE, Role.PQA, Role.SAFEGUARDING, Role.SCRUTINEER)
def show_scoreboard() -> ResponseReturnValue:
    period = request.args.get("period", "")
    return render_template(
        "youwesaid/desk/scoreboard.html",
        board=scoreboard(on=today(), since=since_of(period, today=today())),
        agencies=by_agency(me(), today=today()), period=period, periods=PERIODS,
        says_percent=partial(says_percent, public=False), in_units=in_units, fewest_alerts=FEWEST_ALERTS,
    )  # fmt: skip
