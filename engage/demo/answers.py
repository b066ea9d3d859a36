"""Field the invented waves: prepare, open, fill with responses, close."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert

from engage.demo.drawing import Youngster, draw
from engage.demo.material import Voice, material, on, stock, voices
from engage.demo.speaking import Spoken, speak
from engage.receipts import words
from engage.shared import db, wanted
from engage.surveys.actions import waves as surveys
from engage.surveys.models import AnswerRow, ResponseRow, WrittenRow
from engage.surveys.queries.waves import definition_of, settings, wave_by_id
from engage.surveys.rules.answers import Answer, read_answers
from engage.surveys.rules.definition import Definition
from engage.surveys.rules.waves import NewWave, Wave

BIG = 500  # responses of a wave for which `stock` counts
EARLY = 1.4  # above 1: more people answer in the first days
ROLES = ("voice",)
RECEIPTS = {"loop": "the demo's receipt of the loop", "message": "the demo's receipt with a message"}
HOLDERS = {"loop": (2, "places"), "message": (3, "violence at home")}  # which wave, and what they wrote about


@dataclass(frozen=True)
class Fielded:
    """One invented wave; `place` is its place in the material from 1, `spoken` who wrote what by the written key."""

    place: int
    wave: Wave
    spoken: dict[bytes, "Heard"]
    reported_on: date | None


@dataclass(frozen=True)
class Heard:
    """A voice as it was sent."""

    voice: Voice
    sent_on: date
    receipt_hash: bytes


@dataclass(frozen=True)
class Sending:
    """One invented response on its way."""

    place: int
    key: bytes
    receipt_hash: bytes
    sent_on: date
    person: Youngster


def field_waves(today: date) -> list[Fielded]:
    """Field every wave of the material; those whose last day has passed are closed."""
    found = []
    for place, entry in enumerate(material("waves")["waves"], start=1):
        wave = _open(entry, today)
        found.append(_fill(place, entry, wave, today))
        if wave.closes_on < today:
            surveys.close_wave(wave.id, roles=ROLES)
        else:
            wanted.want("read", f"wave:{wave.code}")
    return found


def receipt(which: str) -> str:
    """The four words of one of the two invented receipts, `loop` or `message`."""
    return " ".join(words.issue(RECEIPTS[which]))


def _open(entry: dict[str, Any], today: date) -> Wave:
    days = {name: on(today, entry[name]) for name in ("opens", "closes", "panel", "promised")}
    version = surveys.publish_template(entry["template"], today=days["opens"])
    wave_id = surveys.add_wave(version, _new_wave(entry, days))
    for one in entry["settings"]:
        surveys.add_setting(wave_id, name=one["name"], target=one["target"], code=one["code"])
    surveys.open_wave(wave_id, today=days["opens"], roles=ROLES)
    return wave_by_id(wave_id)


def _new_wave(entry: dict[str, Any], days: dict[str, date]) -> NewWave:
    year = str(days["closes"].year)
    texts = {
        language: {"title": title.format(year=year), **entry["texts"][language]}
        for language, title in entry["titles"].items()
    }
    said: dict[str, Any] = texts.pop("en") | {f"{name}_on": day for name, day in days.items()}
    said |= {key: entry[key] for key in ("minimum", "sensitive") if key in entry}
    return NewWave(code=entry["code"].format(year=year), translations=texts, **said)


def _fill(place: int, entry: dict[str, Any], wave: Wave, today: date) -> Fielded:
    random = Random(f"demo {place}")  # noqa: S311  (invented people, not secrets)
    definition = definition_of(wave)
    people = draw(definition, wave=entry["voices"], number=entry["number"], random=random)
    spoken = speak(definition, people, _voices(definition, entry), random)
    last = min(wave.closes_on, today)
    sendings = [_sending(number, person, wave.opens_on, last, random) for number, person in enumerate(people)]
    _give_receipts(sendings, spoken, place)
    heard = _insert(definition, wave, sendings, spoken, random)
    reported = on(today, entry["reported"]) if "reported" in entry else None
    return Fielded(place, wave, heard, reported)


def _voices(definition: Definition, entry: dict[str, Any]) -> list[Voice]:
    """The hand-written answers of a wave, and what people type to get on."""
    boxes = list(material("voices")[definition.code])
    return [*voices(definition.code, entry["voices"]), *stock(boxes, share=entry["number"] / BIG)]


def _sending(number: int, person: Youngster, first: date, last: date, random: Random) -> Sending:
    day = first + timedelta(days=int((last - first).days * random.random() ** EARLY))
    return Sending(number, random.randbytes(16), random.randbytes(32), day, person)


def _give_receipts(sendings: list[Sending], spoken: Spoken, place: int) -> None:
    """Let the two receipts that the demo prints belong to whoever said what they are about."""
    for which, (wave, about) in HOLDERS.items():
        said = sorted(at for (at, _), voice in spoken.items() if about in (*voice.themes, voice.worrying))
        if wave == place and said:
            sendings[said[0]] = replace(sendings[said[0]], receipt_hash=words.hashed(receipt(which)))


def _insert(
    definition: Definition, wave: Wave, sendings: list[Sending], spoken: Spoken, random: Random
) -> dict[bytes, Heard]:
    """Keep the responses in the shape in which sending keeps them."""
    places = [one.id for one in settings(wave.id)]
    responses: list[dict[str, object]] = []
    chosen: list[dict[str, object]] = []
    written: list[dict[str, object]] = []
    heard: dict[bytes, Heard] = {}
    for sending in sendings:
        responses.append(_response(wave.id, sending, random.choice(places)))
        for answer in _answers(definition, sending.person):
            chosen.extend(_chosen(sending.key, answer))
            if answer.text:
                key = random.randbytes(16)
                written.append(_written(wave.id, sending, key, answer))
                heard[key] = Heard(spoken[sending.place, answer.item], sending.sent_on, sending.receipt_hash)
    for table, rows in ((ResponseRow, responses), (AnswerRow, chosen), (WrittenRow, written)):
        db.session.execute(insert(table), rows)
    return heard


def _answers(definition: Definition, person: Youngster) -> tuple[Answer, ...]:
    read = read_answers(definition, person.given, seed=person.seed)
    if read.problems:
        raise ValueError(f"the invented answers do not fit the survey: {read.problems}")
    return read.answers


def _response(wave_id: int, sending: Sending, setting_id: int) -> dict[str, object]:
    return {
        "key": sending.key, "wave_id": wave_id, "setting_id": setting_id, "language": sending.person.language,
        "sent_on": sending.sent_on, "receipt_hash": sending.receipt_hash,
    }  # fmt: skip


def _chosen(key: bytes, answer: Answer) -> Iterator[dict[str, object]]:
    for option in (answer.missing,) if answer.missing else answer.options:
        yield {"response_key": key, "item": answer.item, "option": option}


def _written(wave_id: int, sending: Sending, key: bytes, answer: Answer) -> dict[str, object]:
    return {
        "key": key, "response_key": sending.key, "wave_id": wave_id, "item": answer.item,
        "language": sending.person.language, "words": answer.text, "sent_on": sending.sent_on,
    }  # fmt: skip
