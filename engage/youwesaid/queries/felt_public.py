"""Felt-checks as young people and the public see them: what is asked now, and what the last one told."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import segno
from sqlalchemy import ColumnElement, and_, select

from engage.shared import crypto, db, outbox
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.youwesaid.models import ConcernRow, FeltCheckRow, FeltMarkRow
from engage.youwesaid.rules.felt_check import Told


@dataclass(frozen=True)
class Asked:
    """What the holder of a receipt is asked about a concern, and whether these words have answered."""

    check_id: int
    answered: bool


@dataclass(frozen=True)
class Question:
    """What the code of a poster opens; `takes_answers` until its last day."""

    check_id: int
    code: str
    slug: str
    takes_answers: bool


@dataclass(frozen=True)
class Felt:
    """What a concern's page may say of its felt-checks: the code of the open one, and what the last one told."""

    code: str
    reported_on: date | None
    verdict: str
    told: Told | None


@dataclass(frozen=True)
class Poster:
    """What a poster shows: the address, and its code to scan."""

    address: str
    picture: str


def poster_of(code: str) -> Poster:
    """Draw the code of a felt-check."""
    address = outbox.link(f"/felt/{code}")
    drawn = segno.make(address, error="m", micro=False)
    return Poster(address, drawn.svg_data_uri(scale=8, border=4, dark="#000", light="#fff"))


def mark_of(check_id: int, receipt_hash: bytes) -> bytes:
    """What says that a receipt has answered: only this installation can make it, and only from both."""
    return crypto.keyed("felt-check", check_id.to_bytes(8, "big") + receipt_hash)


def asked_of(concern_ids: Collection[int], receipt_hash: bytes, *, today: date) -> dict[int, Asked]:
    """What the holder of a receipt is asked now about these concerns, by concern."""
    rows = select(FeltCheckRow.concern_id, FeltCheckRow.id).where(FeltCheckRow.concern_id.in_(list(concern_ids)))
    found = db.session.execute(rows.where(_open(today)).order_by(FeltCheckRow.id)).tuples().all()
    marks = {check_id: mark_of(check_id, receipt_hash) for _, check_id in found}
    kept = set(db.session.scalars(select(FeltMarkRow.key).where(FeltMarkRow.key.in_(list(marks.values())))))
    return {concern_id: Asked(check_id, marks[check_id] in kept) for concern_id, check_id in found}


def question(code: str, *, today: date) -> Question:
    """The question behind a poster. Raises `NotFound`."""
    asked = select(FeltCheckRow, ConcernRow.slug)
    asked = asked.join(ConcernRow, ConcernRow.id == FeltCheckRow.concern_id).where(FeltCheckRow.code == code)
    found = db.session.execute(asked).tuples().one_or_none()
    if found is None:
        raise NotFound(N_("There is no such page. Check the address on the poster."))
    row, slug = found
    return Question(row.id, code, slug, row.reported_on is None and row.closes_on >= today)


def felt_of(concern_id: int, *, today: date) -> Felt | None:
    """What a concern's page may say of its felt-checks; None where young people were never asked."""
    rows = select(FeltCheckRow).where(FeltCheckRow.concern_id == concern_id).order_by(FeltCheckRow.id)
    found = db.session.scalars(rows).all()
    if not found:
        return None
    open_code = next((row.code for row in found if row.reported_on is None and row.closes_on >= today), "")
    last = next((row for row in reversed(found) if row.reported_on is not None), None)
    if last is None:
        return Felt(open_code, None, "", None)
    return Felt(open_code, last.reported_on, last.verdict, Told.from_json(json.loads(last.body)))


def _open(today: date) -> ColumnElement[bool]:
    return and_(FeltCheckRow.reported_on.is_(None), FeltCheckRow.closes_on >= today)
