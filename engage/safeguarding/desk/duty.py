"""Staff pages: who reads on which day, and the help lines."""

from datetime import date, timedelta

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import open_to
from engage.accounts.queries import people
from engage.accounts.rules import Person, Role
from engage.safeguarding import actions, queries
from engage.safeguarding.desk.pages import READERS, pages, reader
from engage.safeguarding.forms import DutyForm
from engage.safeguarding.rules.alarms import STEPS
from engage.safeguarding.rules.duty import working_days
from engage.safeguarding.rules.signposts import GROUPS, OWNER, are_reviewed, review_due
from engage.shared.clock import today
from engage.shared.counts import several
from engage.shared.errors import NotValid
from engage.shared.words import N_

WEEKS_SHOWN = timedelta(days=27)


@pages.get("/rota/")
@open_to(*READERS)
def show_rota() -> ResponseReturnValue:
    return _page(_form(MultiDict()))


@pages.post("/rota/")
@open_to(Role.SAFEGUARDING)
def add_reader() -> ResponseReturnValue:
    form = _form()
    if not form.validate():
        return _page(form), 422
    duty = form.record()
    days = actions.add_reader(duty.person_id, first=duty.first, last=duty.last, deputy=duty.deputy)
    flash(f"On the rota for {several(days, 'working day')}.")
    return redirect(url_for("safeguarding_desk.show_rota"), 303)


@pages.post("/rota/remove")
@open_to(Role.SAFEGUARDING)
def remove_reader() -> ResponseReturnValue:
    actions.remove_reader(_day(request.form.get("on", "")), request.form.get("person", 0, type=int), today=today())
    return redirect(url_for("safeguarding_desk.show_rota"), 303)


@pages.get("/help/")
@open_to(Role.SAFEGUARDING)
def show_help_lines() -> ResponseReturnValue:
    reviewed_on = queries.help_reviewed_on()
    return render_template(
        "safeguarding/desk/help.html",
        groups=GROUPS,
        owner=OWNER,
        reviewed_on=reviewed_on,
        due_on=review_due(reviewed_on),
        fresh=are_reviewed(reviewed_on, today=today()),
    )


@pages.post("/help/")
@open_to(Role.SAFEGUARDING)
def review_help_lines() -> ResponseReturnValue:
    actions.review_help_lines(today(), by=reader())
    flash("Noted: every help line was checked today.")
    return redirect(url_for("safeguarding_desk.show_help_lines"), 303)


def _page(form: DutyForm) -> str:
    last = today() + WEEKS_SHOWN
    return render_template(
        "safeguarding/desk/rota.html",
        days=working_days(today(), last),
        rota=queries.rota(today(), last),
        steps=STEPS,
        manager=current_app.extensions["settings"].manager,
        bare=queries.days_without_reader(today(), last),
        form=form,
    )


def _form(typed: MultiDict[str, str] | None = None) -> DutyForm:
    form = DutyForm() if typed is None else DutyForm(typed)
    return form.offer({str(one.id): one.name for one in people() if _may_read(one)})


def _may_read(someone: Person) -> bool:
    return bool(someone.roles & set(READERS))


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise NotValid(N_("Choose a day of the rota.")) from error
