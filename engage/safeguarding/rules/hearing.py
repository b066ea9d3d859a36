"""Hear words of harm in what a young person sends: a short list, matched word by word, in linear time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from engage.safeguarding.rules.plain import CODE, plain, slips, spellings, words

LIST = Path(__file__).with_name("words.yaml")
BANTER = "banter"
GAP = 2  # "~" stands for at most so many words
NOTHING: set[int] = set()
LONG = 7  # words from this length on are also known with one slip of the finger
AROUND = 6_000  # characters kept on either side of what was heard, when somebody sends a very long text


@dataclass(frozen=True)
class Heard:
    """What was heard: which kind of harm, how soon it should be read (0 to 1), and where in the plain text."""

    kind: str
    score: float
    phrase: str
    at: int


@dataclass
class _Node:
    """One place in the net of phrases; `kind` is set where a phrase ends."""

    edges: dict[int, "_Node"] = field(default_factory=dict)
    anything: "_Node | None" = None
    kind: str = ""


@dataclass
class _Net:
    """Every phrase of the list, sharing their beginnings; a symbol is a set of words that may stand in one place."""

    start: _Node = field(default_factory=_Node)
    symbols: dict[frozenset[str], int] = field(default_factory=dict)
    meanings: dict[str, set[int]] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class _Span:
    begin: int
    end: int
    kind: str


def heard(text: str) -> Heard | None:
    """Give the most urgent harm `text` speaks of, or None."""
    if CODE.match(text):
        return None
    simple = plain(text)
    spans = list(_spans(simple))
    if not spans:
        return None
    banter = [span for span in spans if span.kind == BANTER]
    harms = [span for span in spans if span.kind != BANTER and not any(_overlap(span, other) for other in banter)]
    if not harms:
        return None
    first = min(harms, key=lambda span: (-net().scores[span.kind], span.begin))
    return Heard(first.kind, net().scores[first.kind], simple[first.begin : first.end], first.begin)


def around(text: str, found: Heard) -> str:
    """Give `text`, or of a very long one the part in which something was heard."""
    return text if len(text) <= 2 * AROUND else text[max(0, found.at - AROUND) : found.at + AROUND]


@cache
def net() -> _Net:
    """Read the list once."""
    listed = _listed()
    made = _Net(scores={kind: row["score"] for kind, row in listed["kinds"].items()})
    groups = {name: frozenset(map(plain, members.split())) for name, members in listed["groups"].items()}
    for kinds in listed["phrases"].values():
        for kind, phrases in kinds.items():
            for phrase in phrases:
                _add(made, phrase, groups, kind)
    for phrases in listed[BANTER].values():
        for phrase in phrases:
            _add(made, phrase, groups, BANTER)
    _add_slips(made)
    return made


@cache
def kind_names() -> dict[str, str]:
    """Give each kind of harm its name for staff, in the order of the list."""
    return {kind: row["name"] for kind, row in _listed()["kinds"].items()}


def _listed() -> dict[str, Any]:
    return dict(yaml.load(LIST.read_text("utf-8"), Loader=yaml.CSafeLoader))


def _add(made: _Net, phrase: str, groups: dict[str, frozenset[str]], kind: str) -> None:
    for steps in product(*[_ways(element, groups) for element in phrase.split()]):
        node = made.start
        for step in (step for way in steps for step in way):
            node = _next(made, node, step)
        node.kind = node.kind or kind


def _ways(element: str, groups: dict[str, frozenset[str]]) -> list[tuple[frozenset[str] | None, ...]]:
    """Give each way an element may be met: a number of places, each a set of words or None for any word."""
    if element == "~":
        return [(None,) * many for many in range(GAP + 1)]
    parts = element.rstrip("?").split("|")
    members = frozenset().union(*(groups[part[1:-1]] if part.startswith("{") else {plain(part)} for part in parts))
    return [(members,), ()] if element.endswith("?") else [(members,)]


def _next(made: _Net, node: _Node, step: frozenset[str] | None) -> _Node:
    if step is None:
        node.anything = node.anything or _Node()
        return node.anything
    symbol = made.symbols.setdefault(step, len(made.symbols))
    for word in step:
        made.meanings.setdefault(word, set()).add(symbol)
    return node.edges.setdefault(symbol, _Node())


def _add_slips(made: _Net) -> None:
    for word in [word for word in made.meanings if len(word) >= LONG]:
        for slip in slips(word):
            made.meanings.setdefault(slip, made.meanings[word])


def _meaning(word: str) -> set[int]:
    known = net().meanings
    return known.get(word) or next((known[other] for other in spellings(word) if other in known), NOTHING)


def _spans(simple: str) -> Iterator[_Span]:
    start = net().start
    active: list[tuple[_Node, int]] = []
    for word in words(simple):
        meaning = _meaning(word[0])
        if not meaning and not active:
            continue
        if meaning:
            active.append((start, word.start()))
        active = list(_step(active, meaning))
        yield from (_Span(begin, word.end(), node.kind) for node, begin in active if node.kind)


def _step(active: list[tuple[_Node, int]], meaning: set[int]) -> Iterator[tuple[_Node, int]]:
    for node, begin in active:
        if node.anything:
            yield node.anything, begin
        for symbol in meaning & node.edges.keys():
            yield node.edges[symbol], begin


def _overlap(one: _Span, other: _Span) -> bool:
    return one.begin < other.end and other.begin < one.end
