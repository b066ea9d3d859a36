"""Makes many invented lines of a few hundred hand-written ones, for screening to learn from."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from engage.analysis.method.screening.lists import slots
from tests.bench.table import PROJECT

FOLDS = 5
TOLD, HALF_SAID, ORDINARY, LISTED, SAYINGS = 40, 40, 30, 6, 6
_CHOICE, _GROUP = re.compile(r"\[([^\[\]]*)\]"), re.compile(r"<([a-z]+)>")
_ENDINGS = ("", "s", "ed", "ing", "e")
_LISTS = PROJECT / "engage/analysis/method/screening/lists"


@cache
def written() -> dict[str, Any]:
    """The hand-written lines of both sittings."""
    first, wider = (
        yaml.safe_load(Path(__file__).with_name(name).read_text("utf-8"))
        for name in ("screening_learning.yaml", "screening_learning_wider.yaml")
    )
    told = {kind: lines + wider["disclosures"].get(kind, "") for kind, lines in first["disclosures"].items()}
    both = {"groups": first["groups"] | wider["groups"], "disclosures": told}
    return {**first, **both, "ordinary": first["ordinary"] + wider["ordinary"]}


def _as_words(file: Path) -> dict[str, Any]:
    """Read a list with every word a word: "no" and "off" stay themselves."""
    return dict(yaml.load(file.read_text("utf-8"), Loader=yaml.CBaseLoader))  # noqa: S506 - our own file, strings only


class Inventor:
    """Makes invented lines; the same ones for the same seed. `held` leaves every fifth line out, from that one on."""

    def __init__(self, seed: int = 3, held: int | None = None) -> None:
        self._random, self._held, lines = Random(seed), held, written()
        self._groups: Mapping[str, Sequence[str]] = lines["groups"]
        self._gaps = lines["gaps"].split()
        both = lines["around"].splitlines()
        self._around_told = both + lines["around_told"].splitlines()
        self._around_ordinary = both + lines["around_ordinary"].splitlines()

    def realise(self, line: str) -> str:
        """One line of a template: a choice for each place."""
        while _CHOICE.search(line) or _GROUP.search(line):
            line = _CHOICE.sub(lambda match: self._random.choice(match.group(1).split("|")), line)
            line = _GROUP.sub(lambda match: self._random.choice(self._groups[match.group(1)]), line)
        return " ".join(line.split())

    def realise_phrase(self, phrase: str) -> str:
        """One line of a phrase of the lists: a choice for each place, a few words for each gap."""
        said = []
        for part in phrase.split():
            if part == "..":
                said += self._random.choices(self._gaps, k=self._random.choice([0, 0, 1, 2]))
                continue
            choice = self._random.choice(part.split("|"))
            if choice.startswith("<"):
                choice = self._random.choice(slots()[choice.strip("<>")])
            said.append(choice.replace("*", self._random.choice(_ENDINGS)).replace("_", " "))
        return " ".join(said)

    def disclosures(self, leave_out: str | None = None) -> Iterator[str]:
        """Lines of every kind of harm but one: of the lists, then of the invented lines."""
        for weight, phrase in _list_phrases(leave_out):
            for _ in range(LISTED if weight == "3" else LISTED // 2):
                yield self._among(self.realise_phrase(phrase), self._around_told)
        for part, times in (("disclosures", TOLD), ("subtle", HALF_SAID)):
            for line in self.kept(templates(part, leave_out)):
                yield from (self._among(self.realise(line), self._around_told) for _ in range(times))

    def ordinary(self) -> Iterator[str]:
        """Ordinary answers: alone, two in one, cut short; nothing at all; and everyday sayings."""
        lines = self.kept(written()["ordinary"].splitlines())
        said = [self._among(self.realise(line), self._around_ordinary) for line in lines for _ in range(ORDINARY)]
        yield from said
        yield from (" ".join(self._random.sample(said, 2)) for _ in said[::4])
        yield from (" ".join(line.split()[: self._random.choice([2, 3, 4, 5])]) for line in said[::4])
        yield from [""] * 50
        sayings = _as_words(_LISTS / "ordinary.yaml")["phrases"]
        yield from (self.realise_phrase(saying) for saying in sayings for _ in range(SAYINGS))

    def kept(self, lines: list[str]) -> list[str]:
        """The lines to learn from: the threshold is tried on the others."""
        return [line for at, line in enumerate(lines) if self._held is None or at % FOLDS != self._held]

    def _among(self, line: str, around: Sequence[str]) -> str:
        after = f"{line} {self._random.choice(around)}" if self._random.random() < 0.3 else line
        return f"{self._random.choice(around)} {after}" if self._random.random() < 0.25 else after


def templates(part: str, leave_out: str | None = None) -> list[str]:
    """The lines of "disclosures" or "subtle", without those of one kind of harm."""
    return [line for kind, lines in written()[part].items() if kind != leave_out for line in lines.splitlines()]


def _list_phrases(leave_out: str | None) -> Iterator[tuple[str, str]]:
    for a_list in map(_as_words, sorted(_LISTS.glob("*.yaml"))):
        if "kind" in a_list and a_list["kind"] != leave_out:
            yield from ((weight, phrase) for weight, said in a_list["phrases"]["en"].items() for phrase in said)
