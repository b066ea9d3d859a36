"""Ask two ages of children in care the same, each in its own words, so that both are counted together; all invented."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert

from engage.demo.material import material, on
from engage.demo.understanding import Work
from engage.shared import db, wanted
from engage.surveys.actions import waves as surveys
from engage.surveys.models import AnswerRow, ResponseRow
from engage.surveys.queries.waves import definition_of, wave_by_id
from engage.surveys.rules.answers import read_answers
from engage.surveys.rules.conditions import holds
from engage.surveys.rules.definition import Definition, Item, Kind
from engage.surveys.rules.items import WRITTEN
from engage.surveys.rules.waves import NewWave, Wave

ROLES = ("voice",)
SILENT = 0.04  # of those asked leave a question out
BEST, MOST, LEANING = 10, 8, 0.45  # of 0 to 10, the best and what is said most; how much rarer each next answer is
QUIET = (Kind.INFORMATION, *WRITTEN)
LIKE = "care"  # the wave whose words say who reads it and what can change


def ask(today: date, *, work: Work) -> None:
    """Field both, close them, and have their results frozen and counted together."""
    for place, entry in enumerate(material("ages")["waves"]):
        wave = _open(entry, today)
        fill(wave, entry["number"], Random(f"ages {place}"))  # noqa: S311  (invented people, not secrets)
        surveys.close_wave(wave.id, roles=ROLES)
        wanted.want("snapshot", f"wave:{wave.code}")
    db.session.commit()
    work()


def _open(entry: dict[str, Any], today: date) -> Wave:
    days = {f"{name}_on": on(today, day) for name, day in material("ages")["days"].items()}
    like = next(one for one in material("waves")["waves"] if one["template"] == LIKE)
    year = str(days["closes_on"].year)
    said = {
        language: {"title": words.format(year=year), **like["texts"][language]}
        for language, words in entry["titles"].items()
    }
    version = surveys.publish_template(entry["template"], today=days["opens_on"])
    facts: dict[str, Any] = {"minimum": material("ages")["minimum"], "sensitive": True, **days, **said.pop("en")}
    wave_id = surveys.add_wave(version, NewWave(code=entry["code"].format(year=year), translations=said, **facts))
    surveys.open_wave(wave_id, today=days["opens_on"], roles=ROLES)
    return wave_by_id(wave_id)


def fill(wave: Wave, number: int, random: Random) -> None:
    """Let so many invented people answer a wave; they write nothing."""
    asked = definition_of(wave)
    sent: list[dict[str, object]] = []
    chosen: list[dict[str, object]] = []
    for _ in range(number):
        key, day = random.randbytes(16), wave.opens_on + timedelta(days=random.randint(0, 12))
        sent.append({"key": key, "wave_id": wave.id, "language": "en", "sent_on": day, "receipt_hash": None})
        chosen.extend({"response_key": key, "item": item, "option": option} for item, option in _answers(asked, random))
    db.session.execute(insert(ResponseRow), sent)
    db.session.execute(insert(AnswerRow), chosen)


def _answers(asked: Definition, random: Random) -> Iterator[tuple[str, str]]:
    given: dict[str, list[str]] = {}
    for item in asked.items:
        silent = random.random() < SILENT and item.kind not in (Kind.CONSENT, Kind.AGE)
        if item.kind not in QUIET and not silent and (item.show_if is None or holds(item.show_if, given)):
            given[item.code] = [_answer(asked, item, random)]
    for answer in read_answers(asked, given, seed=random.getrandbits(32)).answers:
        for option in (answer.missing,) if answer.missing else answer.options:
            yield answer.item, option


def _answer(asked: Definition, item: Item, random: Random) -> str:
    if item.kind is Kind.CONSENT:
        return "yes"
    if item.kind is Kind.AGE:
        return str(random.randint(*asked.ages))
    if item.kind is Kind.NUMBER:
        return str(int(random.triangular(0, BEST, MOST)))
    good_first = sorted(item.option_codes, key=lambda code: code not in item.headline)
    return random.choices(good_first, [LEANING**place for place in range(len(good_first))])[0]
