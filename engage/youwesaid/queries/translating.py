"""What staff translate: every text of a concern's public page, side by side with what there is in one language."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import force_locale, gettext
from sqlalchemy import select

from engage.accounts.queries import people
from engage.accounts.rules import Person
from engage.shared import db
from engage.youwesaid.models import ConcernHistoryRow, ConcernRow, TranslationRow, UpdateRow
from engage.youwesaid.queries.desk import known_to
from engage.youwesaid.queries.own_words import first_versions, place_of
from engage.youwesaid.queries.public import TEXTS, TOLD_TEXTS
from engage.youwesaid.rules.as_read import mark_of_words
from engage.youwesaid.rules.translating import MISSING, standing

NAMES = {
    "title": "The title", "you_said": "You said", "sources": "Where it comes from", "reason": "Why we can't",
    "decided_by": "Who decided", "we_did": "We did", "next_step": "What happens next", "line": "A line of the history",
}  # fmt: skip

English = tuple[str, date | None, str]


@dataclass(frozen=True)
class Text:
    """One English text and its translation; `standing` is missing, behind, unchecked or checked."""

    place: str
    name: str
    on: date | None
    english: str
    words: str
    standing: str
    writer: str = ""
    checker: str = ""
    written_by: int | None = None


def mark_of_waiting(found: Iterable[Text]) -> str:
    """Give what changes with each text that waits for a speaker, and with the English that it stands for."""
    waits = (text for text in found if text.standing == "unchecked")
    return mark_of_words(words for text in waits for words in (text.place, text.english, text.words))


@dataclass(frozen=True)
class Progress:
    """How far one concern has come in one language: how many texts stand how."""

    concern_id: int
    title: str
    language: str
    counts: dict[str, int]


def texts(concern_id: int, language: str) -> list[Text]:
    """Every text of one concern's page, as it stands in one language, in the order of the page."""
    return _texts([concern_id], language)[concern_id]


def progress(person: Person, languages: Sequence[str]) -> list[Progress]:
    """Every public concern this person may know of, in each language: what is behind or missing comes first."""
    known = known_to(person).with_only_columns(ConcernRow.id, ConcernRow.title)
    known = known.where(ConcernRow.state != "proposed", ConcernRow.merged_into_id.is_(None))
    titles = dict(db.session.execute(known.order_by(ConcernRow.id)).tuples().all())
    found = [
        Progress(concern_id, titles[concern_id], language, dict(Counter(text.standing for text in its)))
        for language in languages
        for concern_id, its in _texts(list(titles), language).items()
    ]
    return sorted(found, key=lambda one: (-one.counts.get("behind", 0), -one.counts.get(MISSING, 0), one.title))


def _texts(concern_ids: list[int], language: str) -> dict[int, list[Text]]:
    asked = select(TranslationRow).where(
        TranslationRow.concern_id.in_(concern_ids), TranslationRow.language == language
    )
    kept = {(row.concern_id, row.place): row for row in db.session.scalars(asked.order_by(TranslationRow.place))}
    names = {one.id: one.name for one in people()} if kept else {}
    return {
        concern_id: [_text(place, on, words, kept.get((concern_id, place)), names) for place, on, words in english]
        for concern_id, english in _english(concern_ids, language).items()
    }


def _english(concern_ids: list[int], language: str) -> dict[int, list[English]]:
    """The place, the day and the words of every text that has words."""
    concerns = select(ConcernRow).where(ConcernRow.id.in_(concern_ids)).order_by(ConcernRow.id)
    found: dict[int, list[English]] = {
        row.id: [(text, None, getattr(row, text)) for text in TEXTS] for row in db.session.scalars(concerns)
    }
    first = first_versions(concern_ids)
    told = select(UpdateRow).where(UpdateRow.concern_id.in_(concern_ids), UpdateRow.state == "published")
    for update in db.session.scalars(told.order_by(UpdateRow.published_on.desc(), UpdateRow.id.desc())):
        for text in TOLD_TEXTS:
            place = place_of(update.id, text, first)
            found[update.concern_id].append((place, update.published_on, getattr(update, text)))
    for line in _typed_lines(concern_ids, language):
        found[line.concern_id].append((f"line:{line.id}", line.on, line.words))
    return {concern_id: [one for one in texts if one[2]] for concern_id, texts in found.items()}


def _typed_lines(concern_ids: list[int], language: str) -> list[ConcernHistoryRow]:
    """The public lines of a history that somebody typed; what a rule wrote is in the catalogue."""
    lines = select(ConcernHistoryRow).where(ConcernHistoryRow.concern_id.in_(concern_ids), ConcernHistoryRow.public)
    rows = db.session.scalars(lines.order_by(ConcernHistoryRow.on, ConcernHistoryRow.id)).all()
    with force_locale(language):
        return [row for row in rows if row.words and gettext(row.words) == row.words]


def _text(place: str, on: date | None, english: str, row: TranslationRow | None, names: dict[int, str]) -> Text:
    name = NAMES["line" if place.startswith("line:") else place.rpartition(":")[2]]
    if row is None:
        return Text(place, name, on, english, "", MISSING)
    stands = standing(row.of, english, checked=row.checked_by is not None)
    writer, checker = names.get(row.written_by, ""), names.get(row.checked_by or 0, "")
    return Text(place, name, on, english, row.words, stands, writer, checker, row.written_by)
