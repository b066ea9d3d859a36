"""Read packs as they were frozen, the calendar of quarters, and what is prepared for the next."""

import hashlib
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from engage.accounts.models import PersonRow
from engage.analysis.rules.freezing import Changed, is_intact, thawed
from engage.pqa.models import AskedRow, DecisionRow, MeetingRow, PackFileRow, PackRow, YouthPageRow
from engage.pqa.rules.pack.records import Body, YouthPage
from engage.pqa.rules.quarters import Quarter, due_on, quarter_named
from engage.shared import db, wanted
from engage.shared.errors import NotFound
from engage.shared.words import N_

FILE = "pack_file"


@dataclass(frozen=True)
class Version:
    """One version of a quarter's pack, without what it says; `intact` False: somebody changed it since."""

    id: int
    quarter: Quarter
    version: int
    state: str
    since: date
    until: date
    made_on: date
    made_by: str
    issued_on: date | None
    issued_by: str
    reason: str
    changed: tuple[str, ...]
    sha256: str
    intact: bool


@dataclass(frozen=True)
class Pack:
    """A version with what it says; `newer` is the issued version that corrected it."""

    about: Version
    body: Body
    newer: Version | None


@dataclass(frozen=True)
class File:
    """A tagged PDF of a version; its size for who has a slow line."""

    made_on: date
    kilobytes: int


@dataclass(frozen=True)
class Asked:
    """A question for the panel, and whether a decision answers it."""

    id: int
    quarter: str
    words: str
    why: str
    asked_by: str
    asked_on: date
    decided: bool


@dataclass(frozen=True)
class Line:
    """One quarter of the calendar; `due_on` None until its meeting is set, `standing` the version issued last."""

    quarter: Quarter
    meets_on: date | None
    due_on: date | None
    newest: Version | None
    standing: Version | None
    late: bool


def calendar(*, today: date, first: Quarter, last: Quarter) -> list[Line]:
    """The quarters from one to another, the latest first, each with its meeting and its newest pack."""
    meetings = meetings_by_quarter()
    every = versions()
    newest = {one.quarter: one for one in every}
    issued = {one.quarter: one for one in every if one.issued_on}
    found, quarter = [], last
    while quarter.first >= first.first:
        meets_on = meetings.get(quarter.code)
        due = due_on(meets_on) if meets_on else None
        late = due is not None and due < today and quarter not in issued
        found.append(Line(quarter, meets_on, due, newest.get(quarter), issued.get(quarter), late))
        quarter = quarter.before
    return found


def meetings_by_quarter() -> dict[str, date]:
    """The day the panel meets on each quarter that has one."""
    rows = select(MeetingRow.quarter, MeetingRow.meets_on).order_by(MeetingRow.quarter)
    return dict(db.session.execute(rows).tuples().all())


def versions(quarter: Quarter | None = None) -> list[Version]:
    """Every version of every pack (or of one quarter's), in the order they were made."""
    rows = _versions()
    if quarter is not None:
        rows = rows.where(PackRow.quarter == quarter.code)
    return [_version(row, maker, issuer) for row, maker, issuer in db.session.execute(rows).tuples()]


def first_issued() -> dict[str, date]:
    """The day each quarter's pack was first issued: a correction comes later."""
    rows = select(PackRow.quarter, func.min(PackRow.issued_on)).where(PackRow.issued_on.is_not(None))
    found = db.session.execute(rows.group_by(PackRow.quarter).order_by(PackRow.quarter)).tuples()
    return {quarter: day for quarter, day in found if day}


def issued_between(since: date, until: date) -> list[Pack]:
    """The packs that stand issued for quarters that begin in these days, each in its last version. Raises `Changed`."""
    standing = {one.quarter: one for one in versions() if one.issued_on and since <= one.quarter.first <= until}
    return [pack(one.quarter, one.version) for one in standing.values()]


def pack(quarter: Quarter, version: int) -> Pack:
    """One version, as it was frozen. Raises `NotFound`, and `Changed` when its fingerprint does not match."""
    rows = _versions().where(PackRow.quarter == quarter.code)
    every = db.session.execute(rows).tuples().all()
    for row, maker, issuer in every:
        if row.version == version:
            body = Body.from_json(thawed(row.body, row.sha256))
            later = [one for one in every if one[0].version > version and one[0].issued_on]
            return Pack(_version(row, maker, issuer), body, _version(*later[-1]) if later else None)
    raise NotFound(N_("There is no such pack. It is made on the page of its quarter."))


def file(pack_id: int) -> File | None:
    """The PDF of a version, without what is in it; None before it was made."""
    asked = select(PackFileRow.made_on, func.length(PackFileRow.content)).where(PackFileRow.pack_id == pack_id)
    row = db.session.execute(asked).one_or_none()
    return None if row is None else File(row[0], -(-row[1] // 1000))


def file_subject(quarter: Quarter, version: int) -> str:
    """How the work of making a version's PDF is named to the worker."""
    return f"{quarter.code}:{version}"


def work_on_file(about: Version) -> list[tuple[str, wanted.Wanted]]:
    """What the worker still has to do for the PDF of a version."""
    subject = file_subject(about.quarter, about.version)
    return [("The PDF", one) for one in wanted.waiting() if (one.kind, one.subject) == (FILE, subject)]


def file_content(quarter: Quarter, version: int) -> bytes:
    """The PDF of a version. Raises `NotFound` before it was made, `Changed` when it is not what was kept."""
    row = db.session.get(PackFileRow, pack(quarter, version).about.id)
    if row is None:
        raise NotFound(N_("This pack has no PDF yet. It is made from the pack's page; the print view says the same."))
    if hashlib.sha256(row.content).hexdigest() != row.sha256:
        raise Changed(
            N_("The PDF is not the one that was kept, so it is not sent. Make it again from the pack's page.")
        )
    return row.content


def standing(quarter: Quarter) -> Version | None:
    """The version of a quarter's pack that is issued last; None before any."""
    return next((one for one in reversed(versions(quarter)) if one.issued_on), None)


def last_until(quarter: Quarter) -> date | None:
    """The last day of the pack that was issued for the quarter before; None where none was."""
    before = select(func.max(PackRow.until)).where(PackRow.quarter == quarter.before.code, PackRow.state == "issued")
    return db.session.scalar(before)


def asked_for(quarter: Quarter) -> list[Asked]:
    """What the panel is asked to decide: this quarter's questions, and earlier ones without a decision."""
    decided = select(DecisionRow.asked_id).where(DecisionRow.asked_id.is_not(None))
    rows = db.session.execute(
        select(AskedRow, PersonRow.name, AskedRow.id.in_(decided))
        .join(PersonRow, PersonRow.id == AskedRow.asked_by)
        .where(AskedRow.quarter <= quarter.code)
        .order_by(AskedRow.asked_on, AskedRow.id)
    ).tuples()
    return [
        Asked(row.id, row.quarter, row.words, row.why, name, row.asked_on, done)
        for row, name, done in rows
        if row.quarter == quarter.code or not done
    ]


def youth_page(quarter: Quarter) -> YouthPage | None:
    """The page ambassadors wrote for a quarter, as it is now."""
    row = db.session.get(YouthPageRow, quarter.code)
    return None if row is None else YouthPage(row.title, row.words, row.ask, row.written_on)


def _versions() -> Select[tuple[PackRow, str, str]]:
    maker, issuer = aliased(PersonRow), aliased(PersonRow)
    return (
        select(PackRow, maker.name, issuer.name)
        .join(maker, maker.id == PackRow.made_by)
        .outerjoin(issuer, issuer.id == PackRow.issued_by)
        .order_by(PackRow.quarter, PackRow.version)
    )


def _version(row: PackRow, maker: str, issuer: str | None) -> Version:
    return Version(
        row.id, quarter_named(row.quarter), row.version, row.state, row.since, row.until, row.made_on, maker,
        row.issued_on, issuer or "", row.reason, tuple(part for part in row.changed.split("\n") if part), row.sha256,
        is_intact(row.body, row.sha256),
    )  # fmt: skip
