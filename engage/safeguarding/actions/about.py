"""Say whom an alert is about and what others call it, and tell a setting that there is a concern, never which."""

from datetime import date

from engage.accounts.actions import note
from engage.accounts.queries import agencies, people
from engage.accounts.rules import Person, Role
from engage.safeguarding.actions.hiding import hide_alert, hide_request
from engage.safeguarding.actions.telling import tell_other_leads
from engage.safeguarding.models import AlertRow, ContactRequestRow
from engage.safeguarding.rules.about import OUTSIDER, TOLD, Telling, check_somebody_else
from engage.safeguarding.rules.alerts import both
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
    row.notes = both(row.notes, f"{by.name} said that it is about somebody of {_named(row.about_agency_id)}.")
    return _tell_the_others(f"alert {alert_id}", hide_alert(row, before), agency_id, by=by)


def say_whom_request_is_about(request_id: int, agency_id: int, *, by: Person) -> bool:
    """Hide a request to be contacted from everybody of one agency as well (`OUTSIDER`: of none); else as `say_about`.

    With it goes what holds the same words, and all that came with its receipt where it has one.
    """
    row = db.locked(ContactRequestRow, request_id)
    if row is None:
        raise NotFound(N_("There is no such request."))
    about = hide_request(row, None if agency_id == OUTSIDER else _known(agency_id))
    return _tell_the_others(f"contact request {request_id}", about, agency_id, by=by)


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


def _tell_the_others(thing: str, about: frozenset[int], agency_id: int, *, by: Person) -> bool:
    if agency_id != OUTSIDER:
        check_somebody_else([lead.agencies for lead in people(Role.SAFEGUARDING)], about)
        tell_other_leads(but_of=about, about=f"about {agency_id}, {thing}")
    note("said whom it is about", thing)  # which agency stands at the thing itself: people of that one read the audit
    return about.isdisjoint(by.agencies)


def _named(agency_id: int | None) -> str:
    return next((agency.name for agency in agencies() if agency.id == agency_id), "no partner here")


def _known(agency_id: int) -> int:
    if agency_id not in {agency.id for agency in agencies()}:
        raise NotValid(N_("Choose who they work for."))
    return agency_id


def _row(alert_id: int) -> AlertRow:
    row = db.locked(AlertRow, alert_id)
    if row is None:
        raise NotFound(N_("There is no such alert."))
    return row
