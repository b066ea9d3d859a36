"""Read the invented material, and turn its days into dates."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

BOTH = "both"
NOT_READ_YET = timedelta(days=2)


@dataclass(frozen=True)
class Voice:
    """One hand-written answer; `themes` and `worrying` say what it is about, `times` how often it comes."""

    item: str
    words: str
    language: str = "en"
    themes: tuple[str, ...] = ()
    worrying: str = ""
    gender: str = ""
    age: int = 0
    times: int = 1

    def page_language(self, offered: tuple[str, ...]) -> str:
        """The language its writer had on the page: their own where the page has it, else English."""
        return self.language if self.language in offered else "en"


@cache
def material(name: str) -> dict[str, Any]:
    """Give one file of this folder: people, voices, marginals, waves or story."""
    text = files("engage.demo").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found


def voices(survey: str, wave: int) -> list[Voice]:
    """The answers of a survey in one of its waves."""
    spoken = [(item, voice) for item, said in material("voices")[survey].items() for voice in said]
    return [_voice(item, voice) for item, voice in spoken if voice["wave"] in (wave, BOTH)]


def stock(items: list[str], *, share: float) -> list[Voice]:
    """What people type to get on, for each item; `share` of the number a big wave has."""
    said = material("voices")["stock"]
    return [_voice(item, {**voice, "times": round(voice["times"] * share)}) for item in items for voice in said]


def on(today: date, days: int) -> date:
    """The date that lies so many days from the day of loading."""
    return today + timedelta(days=days)


def is_read(sent_on: date, today: date) -> bool:
    """Answer whether a person has read by today what was sent on a day."""
    return sent_on + NOT_READ_YET < today


def _voice(item: str, entry: dict[str, Any]) -> Voice:
    known = {key: entry[key] for key in ("words", "language", "worrying", "gender", "age", "times") if key in entry}
    return Voice(item=item, themes=tuple(entry.get("themes", ())), **known)
