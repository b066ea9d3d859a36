"""Staff pages: how a wave goes out there, what waits to be read, and a letter to those who pass it on."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.shared.clock import today
from engage.shared.counts import shown
from engage.surveys.actions.reminding import remind
from engage.surveys.desk.pages import LOOKERS, pages
from engage.surveys.queries.fieldwork import going
from engage.surveys.queries.opening import unread_days
from engage.surveys.queries.waves import responses_by_wave, setting, wave


@pages.get("/<code>/fieldwork")
@open_to(*LOOKERS)
def show_fieldwork(code: str) -> ResponseReturnValue:
    asked = wave(code)
    return render_template(
        "surveys/desk/fieldwork.html",
        wave=asked, rows=going(asked), total=shown(responses_by_wave().get(asked.id, 0), asked.minimum),
        unread_since=current_app.extensions["unread_since"](asked.id), bare=unread_days(asked, today()),
        takes_answers=asked.takes_answers(today()), may_remind=Role.VOICE in me().roles, today=today(),
    )  # fmt: skip


@pages.post("/<code>/fieldwork/<place>/remind")
@open_to(Role.VOICE)
def remind_setting(code: str, place: str) -> ResponseReturnValue:
    asked = wave(code)
    remind(asked, setting(asked.id, place), today=today())
    flash("A letter is on its way to whoever passes it on there: one a day at most.")
    return redirect(url_for("surveys_desk.show_fieldwork", code=code), 303)
