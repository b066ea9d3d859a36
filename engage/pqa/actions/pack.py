"""Set the day the panel meets, ask it to decide, make a pack, issue it, correct it; young people's page."""

import hashlib
from datetime import date

from sqlalchemy import delete, func, select

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.analysis.rules.freezing import fingerprint, thawed, written
from engage.pqa.models import AskedRow, MeetingRow, PackFileRow, PackRow, YouthPageRow
from engage.pqa.queries.gathering.body import gather
from engage.pqa.queries.packs import FILE, file_subject, last_until, pack, standing, youth_page
from engage.pqa.rules.pack.records import Body
from engage.pqa.rules.pack.states import (
    PACK,
    Correction,
    NewPage,
    changed_sections,
    check_may_keep_file,
    check_may_make,
    check_young,
    check_youth_page,
)
from engage.pqa.rules.quarters import Period, Quarter, check_meeting, period_of
from engage.shared import db, wanted
from engage.shared.errors import NotFound
from engage.shared.words import N_


def set_meeting(quarter: Quarter, meets_on: date) -> None:
    """Set the day the panel meets on a quarter. Raises `NotValid`."""
    check_meeting(quarter, meets_on)
    row = db.locked(MeetingRow, quarter.code) or MeetingRow(quarter=quarter.code, meets_on=meets_on)
    row.meets_on = meets_on
    db.session.add(row)
    note("set the panel's day", f"pack {quarter.code}")


def ask_panel(quarter: Quarter, *, words: str, why: str, by: Person, today: date) -> None:
    """Ask the panel to decide something; it stands first in the pack."""
    db.session.add(AskedRow(quarter=quarter.code, words=words, why=why, asked_by=by.id, asked_on=today))


def write_page(quarter: Quarter, page: NewPage, *, by: Person, today: date) -> None:
    """Write young people's page, until the pack is issued. Raises `NotAllowed` for staff, `NotOpen` afterwards."""
    check_young(by.roles)
    check_may_make(issued=standing(quarter) is not None, correction=None)
    row = db.locked(YouthPageRow, quarter.code) or YouthPageRow(quarter=quarter.code)
    row.title, row.words, row.ask, row.written_by, row.written_on = page.title, page.words, page.ask, by.id, today
    db.session.add(row)


def make(quarter: Quarter, *, partnership: str, by: Person, today: date, correction: Correction | None = None) -> int:
    """Freeze a version of a quarter's pack, in place of one that was not issued yet; gives its number.

    Raises `NotOpen` when it is issued and this is no correction, `NotValid` where nothing was ever frozen, `Changed`.
    """
    last = standing(quarter)
    check_may_make(issued=last is not None, correction=correction)
    db.session.execute(delete(PackRow).where(PackRow.quarter == quarter.code, PackRow.state == PACK.first))
    asked = select(func.coalesce(func.max(PackRow.version), 0)).where(PackRow.quarter == quarter.code)
    version = (db.session.scalar(asked) or 0) + 1
    period = period_of(quarter, last_until=last_until(quarter), today=today)
    if last is not None:
        period = Period(last.since, last.until)
    body = gather(quarter, period, version=version, partnership=partnership, today=today)
    row = _frozen(body, by)
    if last is not None and correction is not None:
        before = _body(db.session.get_one(PackRow, last.id))
        row.reason, row.changed = correction.reason, "\n".join(changed_sections(before, body))
    db.session.add(row)
    db.session.flush()
    note("made a pack", f"pack {quarter.code}, version {version}", row.reason)
    return version


def issue(quarter: Quarter, version: int, *, by: Person, today: date) -> None:
    """Issue a version: from now on it is locked. Raises `NotFound`, `NotAllowed`, `NotOpen`, `Changed`."""
    asked = select(PackRow.id).where(PackRow.quarter == quarter.code, PackRow.version == version)
    row = db.locked(PackRow, db.session.scalar(asked) or 0)
    if row is None:
        raise NotFound(N_("There is no such pack. It is made on the page of its quarter."))
    state = PACK.move("issue", state=row.state, roles=by.roles)
    body = _body(row)
    if version == 1:
        check_youth_page(body.youth, youth_page(quarter))
    row.state, row.issued_on, row.issued_by = state, today, by.id
    note("issued a pack", f"pack {quarter.code}, version {version}", row.reason)
    db.session.flush()
    wanted.want(FILE, file_subject(quarter, version))


def want_file(quarter: Quarter, version: int) -> None:
    """Want an issued version as a tagged PDF. Raises `NotFound`, `NotOpen`, `Changed`."""
    check_may_keep_file(pack(quarter, version).about.issued_on)
    wanted.want(FILE, file_subject(quarter, version))


def keep_file(quarter: Quarter, version: int, content: bytes, *, today: date) -> None:
    """Keep an issued version as a tagged PDF, in place of one made before. Raises `NotFound`, `NotOpen`, `Changed`."""
    about = pack(quarter, version).about
    check_may_keep_file(about.issued_on)
    row = db.locked(PackFileRow, about.id) or PackFileRow(pack_id=about.id)
    row.made_on, row.content, row.sha256 = today, content, hashlib.sha256(content).hexdigest()
    db.session.add(row)


def _frozen(body: Body, by: Person) -> PackRow:
    text = written(body.to_json())
    return PackRow(
        quarter=body.quarter, version=body.version, state=PACK.first, since=body.since, until=body.until,
        made_on=body.made_on, made_by=by.id, body=text, sha256=fingerprint(text),
    )  # fmt: skip


def _body(row: PackRow) -> Body:
    return Body.from_json(thawed(row.body, row.sha256))
