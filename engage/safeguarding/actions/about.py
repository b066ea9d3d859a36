"""Say whom an alert is about and what others call it, and tell a setting that there is a concern, never which."""

from datetime import date

from flask import current_app
from sqlalchemy import update

from engage.accounts.actions import note
from engage.accounts.queries import agencies, people
from engage.accounts.rules import Person, Role
from engage.safeguarding.actions.telling import tell_other_leads
from engage.safeguarding.models import AlertRow
from engage.safeguarding.queries.alerts import about_whom
from engage.safeguarding.rules.about import OUTSIDER, TOLD, Telling, check_somebody_else
from engage.safeguarding.rules.alerts import BEFORE, both
from engage.shared import db, outbox
from engage.shared.errors import NotFound, NotValid
from engage.shared.outbox import NewLetter
from engage.shared.words import N_

KIND = "please call the safeguarding lead"


def say_about(alert_id: int, agency_id: int, *, by: Person) -> bool:
    """Hide an alert from everybody of one agency (`OUTSIDER`: of none of ours); False where that is oneself too.

    With it goes all else that the same person said: their other alerts, and their answers wherever those are read.
    Where these are about several agencies, each of them is kept from all of it.
    Raises `NotFound`, `NotOpen` where nobody else could read it, `NotValid` for an agency nobody knows.
    """
    row = _row(alert_id)
    before, row.about_outsider = row.about_agency_id, agency_id == OUTSIDER
    row.about_agency_id = None if row.about_outsider else _known(agency_id)
    about = _hide_the_rest(row, before)
    if row.about_agency_id is not None:
        check_somebody_else([lead.agencies for lead in people(Role.SAFEGUARDING)], about)
        tell_other_leads(but_of=about, about=f"about {agency_id}, alert {alert_id}")
    note("said whom it is about", f"alert {alert_id}", f"agency {agency_id}" if agency_id else "of no partner")
    return about.isdisjoint(by.agencies)


def add_reference(alert_id: int, reference: str) -> None:
    """Keep what MASH, the police or the LADO calls it. Raises `NotFound`."""
    _row(alert_id).reference = reference
    note("added a reference", f"alert {alert_id}")


def tell_setting(alert_id: int, told: Telling, *, by: Person, today: date) -> None:
    """Write to a school, home or group that there is a concern and whom to call, no word of it. Raises `NotFound`."""
    row = _row(alert_id)
    words = TOLD.format(setting=told.setting, caller=by.name, phone=told.phone)
    outbox.write(NewLetter(KIND, told.address, "Please call us today", words))
    row.notes = both(row.notes, f"{today:%d %B %Y}: {told.setting} was asked by letter to call {by.name}.")
    note("told a setting that there is a concern", f"alert {alert_id}")


def _hide_the_rest(row: AlertRow, before: int | None) -> frozenset[int]:
    about = frozenset() if row.about_agency_id is None else frozenset({row.about_agency_id})
    if row.receipt_hash is not None:
        theirs = update(AlertRow).where(AlertRow.receipt_hash == row.receipt_hash, AlertRow.id != row.id)
        unsaid = AlertRow.about_agency_id.is_(None), AlertRow.about_outsider.is_(False)  # never what somebody said
        db.session.execute(theirs.where(*unsaid).values(about_agency_id=row.about_agency_id))
        about |= about_whom(row.receipt_hash)
    hide_answers = current_app.extensions["hide_answers"]  # answers are read in a feature above this one
    hide_answers(row.receipt_hash, (row.words or "").split(BEFORE), about, no_longer=frozenset({before}) - about)
    return about


def _known(agency_id: int) -> int:
    if agency_id not in {agency.id for agency in agencies()}:
        raise NotValid(N_("Choose who they work for."))
    return agency_id


def _row(alert_id: int) -> AlertRow:
    row = db.locked(AlertRow, alert_id)
    if row is None:
        raise NotFound(N_("There is no such alert."))
    return row
