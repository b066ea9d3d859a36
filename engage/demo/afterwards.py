"""Play what comes after an invented forum: the four questions by the code on the wall, notes read, an answer said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select

from engage.analysis.actions import reading
from engage.analysis.actions.reporting import report_wave
from engage.analysis.models import ExcerptRow
from engage.demo.material import on
from engage.demo.people import Cast
from engage.forums.actions.after import say_what_happened
from engage.forums.queries.notes import note_keys, notes
from engage.forums.rules.after import NewAnswer
from engage.shared import db
from engage.surveys.actions import waves as surveys
from engage.surveys.models import AnswerRow, ResponseRow
from engage.surveys.queries.waves import wave_by_id
from engage.surveys.rules.waves import NewWave

Entry = Mapping[str, Any]
NOON = time(12)
PANEL_AFTER = timedelta(days=1)  # after its last day
ROLES = ("voice",)


@dataclass(frozen=True)
class Held:
    """One invented forum that is over, with what the material says of it."""

    forum_id: int
    entry: Entry
    met_on: date
    promised_on: date


def ask_four_questions(held: Held, cast: Cast) -> None:
    """Field the four questions after a forum, answered by some who were there, closed and reported."""
    asked = held.entry["feedback"]
    version = surveys.publish_template("forum", today=held.met_on)
    wave_id = surveys.add_wave(version, _new_wave(held, asked))
    surveys.open_wave(wave_id, today=held.met_on, roles=ROLES)
    _fill(wave_id, asked, held.met_on)
    surveys.close_wave(wave_id, roles=ROLES)
    report_wave(wave_by_id(wave_id).code, by=cast.people["amara"])  # which wants its results frozen


def tell_what_came(held: Held, cast: Cast, themes: Mapping[str, int], *, today: date) -> None:
    """Let the notes of the tables be read and coded, and say what happened because of the forum."""
    _code(held, cast, themes)
    for said in held.entry["happened"]:
        at = datetime.combine(on(today, said["day"]), NOON, UTC)
        new = NewAnswer(said["words"], said["concern"])
        say_what_happened(held.forum_id, new, by=cast.people["amara"], at=at)


def _new_wave(held: Held, asked: Entry) -> NewWave:
    texts = dict(asked["texts"])
    closes = held.met_on + timedelta(days=asked["days"])
    return NewWave(
        code=asked["code"], about=f"forum {held.forum_id}", opens_on=held.met_on, closes_on=closes,
        panel_on=closes + PANEL_AFTER, promised_on=held.promised_on, **texts.pop("en"), translations=texts,
    )  # fmt: skip


def _fill(wave_id: int, asked: Entry, met_on: date) -> None:
    draw = Random("feedback")  # noqa: S311  (invented answers, not secrets)
    keys = [draw.randbytes(16) for _ in range(asked["answers"])]
    response = {"wave_id": wave_id, "setting_id": None, "language": "en", "sent_on": met_on, "receipt_hash": None}
    db.session.execute(insert(ResponseRow), [{"key": key, **response} for key in keys])
    db.session.execute(insert(AnswerRow), list(_answers(keys, asked["shares"], draw)))


def _answers(keys: list[bytes], shares: Mapping[str, Mapping[str, int]], draw: Random) -> Iterator[dict[str, object]]:
    for item, counts in shares.items():
        given = [option for option, count in counts.items() for _ in range(count)]
        draw.shuffle(given)
        for key, option in zip(keys, given, strict=True):
            yield {"response_key": key, "item": item, "option": option}


def _code(held: Held, cast: Cast, themes: Mapping[str, int]) -> None:
    about = {said["words"]: said["themes"] for said in held.entry["notes"]}
    words = {note.key: note.words or "" for note in notes(note_keys(held.forum_id))}
    rows = db.session.scalars(select(ExcerptRow).where(ExcerptRow.written_key.in_(list(words)))).all()
    by_theme: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: words[row.written_key or b""]):
        reading.mark_read(row.key.hex(), by=cast.people["amara"], today=held.met_on + timedelta(days=1))
        for code in about[words[row.written_key or b""]]:
            by_theme.setdefault(code, []).append(row.key.hex())
    for code, excerpt_ids in sorted(by_theme.items()):
        reading.confirm(themes[code], excerpt_ids, by=cast.people["joel"])
