"""Field a modest closed wave each of two more surveys: everybody and every answer is invented, nothing is written."""

from datetime import date, timedelta
from random import Random
from typing import Any

from engage.demo.material import material, on
from engage.surveys.actions import waves as surveys
from engage.surveys.actions.sittings import Sending, send
from engage.surveys.queries.sittings import sitting_of
from engage.surveys.queries.waves import definition_of, settings, wave_by_id
from engage.surveys.rules.answers import DONT_KNOW, RATHER_NOT_SAY, Answer, read_answers
from engage.surveys.rules.conditions import holds
from engage.surveys.rules.definition import Definition, Item, Kind
from engage.surveys.rules.items import WRITTEN
from engage.surveys.rules.waves import NewWave, Wave

ROLES = ("voice",)
LEFT_OUT = 0.06  # of the questions somebody is asked
FALLS = 0.6  # how much rarer each next option of a list is
MIDDLE, SPREAD = 6.5, 2.0  # of what is answered from 0 to 10


def field_beside(today: date) -> list[str]:
    """Field and close these waves; the worker counts them once it runs. Gives their codes."""
    return [_field(entry, today).code for entry in material("beside")["waves"]]


def _field(entry: dict[str, Any], today: date) -> Wave:
    random = Random(f"demo beside {entry['code']}")  # noqa: S311  (invented people, not secrets)
    days: dict[str, Any] = {f"{name}_on": on(today, entry[name]) for name in ("opens", "closes", "panel", "promised")}
    version_id = surveys.publish_template(entry["template"], today=days["opens_on"])
    said = dict(entry["texts"]["en"])
    new = NewWave(code=entry["code"], translations=entry["texts"], minimum=entry["minimum"], **said, **days)
    wave_id = surveys.add_wave(version_id, new)
    for one in entry["settings"]:
        surveys.add_setting(wave_id, name=one["name"], target=one["target"])
    surveys.open_wave(wave_id, today=days["opens_on"], roles=ROLES)
    wave = wave_by_id(wave_id)
    places, length = [one.id for one in settings(wave_id)], (wave.closes_on - wave.opens_on).days
    for number in range(entry["number"]):
        day = wave.opens_on + timedelta(days=random.randint(0, length))
        sending = Sending(_answers(definition_of(wave), random), "en", random.choice(places))
        send(wave=wave, sitting=sitting_of(f"{wave.code}:invented {number}"), sending=sending, today=day)
    surveys.close_wave(wave_id, roles=ROLES, on=today)
    return wave


def _answers(definition: Definition, random: Random) -> tuple[Answer, ...]:
    """What one invented person ticks on their way; they write nothing."""
    given: dict[str, list[str]] = {}
    for item in definition.items:
        if item.asks and item.kind not in WRITTEN and (item.show_if is None or holds(item.show_if, given)):
            given[item.code] = _chosen(definition, item, random)
    return read_answers(definition, given, seed=random.getrandbits(32)).answers


def _chosen(definition: Definition, item: Item, random: Random) -> list[str]:
    if item.kind is Kind.CONSENT:
        return ["yes"]
    if item.missing and random.random() < LEFT_OUT:
        return [random.choice((DONT_KNOW, RATHER_NOT_SAY, ""))]
    if item.kind in (Kind.AGE, Kind.NUMBER):
        number = random.randint(*definition.ages) if item.kind is Kind.AGE else round(random.gauss(MIDDLE, SPREAD))
        return [str(number if item.kind is Kind.AGE else min(10, max(0, number)))]
    weights = [FALLS**place for place in range(len(item.options))]
    return random.choices(item.option_codes, weights)
