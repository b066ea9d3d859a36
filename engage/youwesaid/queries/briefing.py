"""Briefings, and which agencies say they used them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select

from engage.accounts.queries import agencies, people
from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.youwesaid.models import BriefingRow, BriefingUseRow, ConcernRow
from engage.youwesaid.rules.briefing import BOXES

NO_AGENCY = N_("Another organisation")


@dataclass(frozen=True)
class Briefing:
    """A briefing with the names staff know; `boxes` is in the order they are read, `uses` how many teams used it."""

    id: int
    slug: str
    concern_slug: str
    concern: str
    title: str
    state: str
    boxes: Mapping[str, str]
    written_by: int
    writer: str
    written_on: date
    published_on: date | None
    uses: int = 0


@dataclass(frozen=True)
class Used:
    """How often teams of one agency said that they used a briefing."""

    agency: str
    times: int


def briefings() -> list[Briefing]:
    """Every briefing, the newest first."""
    return _read(_all().order_by(BriefingRow.id.desc()), for_staff=True)


def briefing(briefing_id: int) -> Briefing:
    """One briefing. Raises `NotFound`."""
    return _one(_all().where(BriefingRow.id == briefing_id), for_staff=True)


def published() -> list[Briefing]:
    """The briefings anybody may read, the newest first."""
    rows = _all().where(BriefingRow.state == "published")
    return _read(rows.order_by(BriefingRow.published_on.desc(), BriefingRow.id.desc()), for_staff=False)


def published_one(slug: str) -> Briefing:
    """One briefing that is public. Raises `NotFound`."""
    return _one(_all().where(BriefingRow.state == "published", BriefingRow.slug == slug), for_staff=False)


def uses_of(briefing_id: int) -> list[Used]:
    """Which agencies say how often that they used a briefing, the most first."""
    names = {agency.id: agency.name for agency in agencies()}
    counted = select(BriefingUseRow.agency_id, func.count()).where(BriefingUseRow.briefing_id == briefing_id)
    found = db.session.execute(counted.group_by(BriefingUseRow.agency_id)).tuples()
    used = [Used(names.get(agency_id or 0, NO_AGENCY), times) for agency_id, times in found]
    return sorted(used, key=lambda one: (-one.times, one.agency))


def _all() -> Select[tuple[BriefingRow, str, str]]:
    columns = select(BriefingRow, ConcernRow.slug, ConcernRow.title)
    return columns.join(ConcernRow, ConcernRow.id == BriefingRow.concern_id)


def _one(rows: Select[tuple[BriefingRow, str, str]], *, for_staff: bool) -> Briefing:
    found = _read(rows, for_staff=for_staff)
    if not found:
        raise NotFound(N_("There is no such briefing, or it is not public."))
    return found[0]


def _read(rows: Select[tuple[BriefingRow, str, str]], *, for_staff: bool) -> list[Briefing]:
    """Who wrote a briefing and how often it was used is for staff: no public page asks for it."""
    names = {person.id: person.name for person in people()} if for_staff else {}
    found = db.session.execute(rows).tuples().all()
    times = _times() if for_staff else {}
    return [
        Briefing(
            row.id, row.slug, slug, concern, row.title, row.state, _in_order(row.boxes), row.written_by,
            names.get(row.written_by, ""), row.written_on, row.published_on, times.get(row.id, 0),
        )
        for row, slug, concern in found
    ]  # fmt: skip


def _times() -> dict[int, int]:
    counted = select(BriefingUseRow.briefing_id, func.count()).group_by(BriefingUseRow.briefing_id)
    return dict(db.session.execute(counted).tuples().all())


def _in_order(boxes: str) -> Mapping[str, str]:
    said = json.loads(boxes)
    return {code: said[code] for code in BOXES if said.get(code)}
