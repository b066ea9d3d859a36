"""Newsletters, and what became public on the days they tell of."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select

from engage.accounts.queries import people
from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.youwesaid.models import ConcernHistoryRow, NewsletterRow, UpdateRow
from engage.youwesaid.queries.public import Concern, concerns
from engage.youwesaid.rules.concerns import still_to_come
from engage.youwesaid.rules.history import MADE_PUBLIC
from engage.youwesaid.rules.newsletter import KINDS, Piece, told_in_order


@dataclass(frozen=True)
class Newsletter:
    """One number of one edition, with the names staff know."""

    id: int
    edition: str
    number: int
    state: str
    since: date
    until: date
    words: str
    written_by: int
    writer: str
    issued_on: date | None


def newsletters() -> list[Newsletter]:
    """Every number of every edition, newest first."""
    return _read(select(NewsletterRow).order_by(NewsletterRow.until.desc(), NewsletterRow.id.desc()), _writers())


def newsletter(newsletter_id: int) -> Newsletter:
    """One number. Raises `NotFound`."""
    return _one(select(NewsletterRow).where(NewsletterRow.id == newsletter_id), _writers())


def being_written() -> frozenset[str]:
    """The editions whose next number is begun and not sent."""
    rows = select(NewsletterRow.edition).where(NewsletterRow.state != "issued").order_by(NewsletterRow.edition)
    return frozenset(db.session.scalars(rows))


def issued(edition: str = "") -> list[Newsletter]:
    """What was sent, newest first; of one edition or of all."""
    rows = select(NewsletterRow).where(NewsletterRow.state == "issued")
    if edition:
        rows = rows.where(NewsletterRow.edition == edition)
    return _read(rows.order_by(NewsletterRow.issued_on.desc(), NewsletterRow.edition), {})


def issued_number(edition: str, number: int) -> Newsletter:
    """One number that was sent. Raises `NotFound`."""
    rows = select(NewsletterRow).where(NewsletterRow.edition == edition, NewsletterRow.number == number)
    return _one(rows.where(NewsletterRow.state == "issued"), {})


def news(since: date, until: date) -> dict[str, list[Piece]]:
    """What became public after one day and up to another, by kind; what was taken back since is not there."""
    known = {concern.id: concern for concern in concerns(today=until)}
    return told_in_order([*_told(known, since, until), *_moved(known, since, until)])


def _told(known: dict[int, Concern], since: date, until: date) -> list[Piece]:
    rows = select(UpdateRow).where(UpdateRow.state == "published")
    rows = rows.where(UpdateRow.published_on > since, UpdateRow.published_on <= until).order_by(UpdateRow.id)
    return [
        Piece(
            "told", row.published_on or until, concern.slug, concern.title, concern.you_said, row.we_did,
            row.next_step, still_to_come(row.next_by, on=row.published_on or until), row.unchecked,
        )
        for row in db.session.scalars(rows) if (concern := known.get(row.concern_id))
    ]  # fmt: skip


def _moved(known: dict[int, Concern], since: date, until: date) -> list[Piece]:
    told = or_(ConcernHistoryRow.state.in_(KINDS), ConcernHistoryRow.words == MADE_PUBLIC)
    rows = select(ConcernHistoryRow).where(ConcernHistoryRow.public, told)
    rows = rows.where(ConcernHistoryRow.on > since, ConcernHistoryRow.on <= until).order_by(ConcernHistoryRow.id)
    return [
        Piece(kind, row.on, concern.slug, concern.title, concern.you_said, *_words_of(concern, kind, until))
        for row in db.session.scalars(rows)
        if (concern := known.get(row.concern_id)) and (kind := _kind(row, concern.state))
    ]


def _words_of(concern: Concern, state: str, until: date) -> tuple[str, str, date | None, bool]:
    """What is told with a change: why we can't, or what was done last; nothing yet for what was only read."""
    last = next((told for told in concern.told if told.on <= until), None)
    if state == "cannot":
        return concern.reason, "", None, False
    if state == "heard" or last is None:
        return "", "", None, False
    return last.we_did, "", None, last.unchecked


def _kind(row: ConcernHistoryRow, shown: str) -> str:
    """What a line is told as while it holds, or nothing; that we owe an answer does not undo that we read it.

    What was kept back and is public now is new to its readers, however far it has come meanwhile.
    """
    if row.words == MADE_PUBLIC:
        return shown if shown in KINDS else "heard"
    holds = shown == row.state or (shown == "late" and row.state in {"heard", "reopened"})
    return row.state if holds else ""


def _writers() -> dict[int, str]:
    """Names are for staff: no public page asks for them."""
    return {person.id: person.name for person in people()}


def _one(rows: Select[tuple[NewsletterRow]], writers: dict[int, str]) -> Newsletter:
    found = _read(rows, writers)
    if not found:
        raise NotFound(N_("There is no such newsletter, or it was not sent yet."))
    return found[0]


def _read(rows: Select[tuple[NewsletterRow]], writers: dict[int, str]) -> list[Newsletter]:
    return [
        Newsletter(
            row.id, row.edition, row.number, row.state, row.since, row.until, row.words, row.written_by,
            writers.get(row.written_by, ""), row.issued_on,
        )
        for row in db.session.scalars(rows)
    ]  # fmt: skip
