"""Ask people who work with young people what they know of a briefing: a small closed wave, all of it invented."""

from datetime import date
from random import Random
from typing import Any

from engage.demo.ages import fill
from engage.demo.material import material, on
from engage.surveys.actions import waves as surveys
from engage.surveys.queries.waves import wave_by_id
from engage.surveys.rules.waves import NewWave

ROLES = ("voice",)


def ask(today: date) -> str:
    """Field it and close it, and give its code; the worker counts it once it runs."""
    entry = material("pulse")
    days = {f"{name}_on": on(today, day) for name, day in entry["days"].items()}
    said = dict(entry["texts"])
    facts: dict[str, Any] = {"minimum": entry["minimum"], **days, **said.pop("en")}
    version_id = surveys.publish_template(entry["template"], today=days["opens_on"])
    wave_id = surveys.add_wave(version_id, NewWave(code=entry["code"], translations=said, **facts))
    surveys.open_wave(wave_id, today=days["opens_on"], roles=ROLES)
    fill(wave_by_id(wave_id), entry["number"], Random("pulse"))  # noqa: S311  (invented people, not secrets)
    surveys.close_wave(wave_id, roles=ROLES)
    return str(entry["code"])
