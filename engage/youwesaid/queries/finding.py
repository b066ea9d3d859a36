"""What a reader looks for among the public concerns, and what there is to choose from."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engage.shared.forms import clean
from engage.youwesaid.queries.public import Concern
from engage.youwesaid.rules.areas import AREAS, WHOLE
from engage.youwesaid.rules.concerns import STATE_WORDS, TOPICS
from engage.youwesaid.rules.searching import found

LONGEST = 100  # letters of what is typed


@dataclass(frozen=True)
class Asked:
    """What somebody looks for; what is empty narrows nothing."""

    q: str = ""
    topic: str = ""
    area: str = ""
    year: str = ""
    state: str = ""

    @classmethod
    def of(cls, address: Mapping[str, str]) -> "Asked":
        """Read it from the words after the question mark of an address."""
        return cls(**{name: str(clean(address.get(name, "")[:LONGEST])) for name in vars(cls())})

    @property
    def kept(self) -> dict[str, str]:
        """What narrows, as it stands in an address."""
        return {name: words for name, words in vars(self).items() if words}

    def without(self, name: str) -> dict[str, str]:
        """The same but for one of them."""
        return {key: words for key, words in self.kept.items() if key != name}


@dataclass(frozen=True)
class Offered:
    """What there is to choose from: only what leads to something. `states` has how many there are of each."""

    topics: dict[str, str]
    areas: dict[str, str]
    years: tuple[int, ...]
    states: dict[str, int]


def narrowed(everything: Sequence[Concern], asked: Asked, *, topic_words: Mapping[str, str]) -> list[Concern]:
    """Those of the concerns that somebody looks for, the best fitting first where words were typed.

    `topic_words` are the topics as the reader knows them: their words are found too.
    """
    kept = [one for one in everything if _fits(one, asked)]
    if not asked.q:
        return kept
    texts = [(title, f"{body} {topic_words.get(one.topic, '')}") for one in kept for title, body in [one.texts]]
    return [kept[place] for place in found(asked.q, texts)]


def offered(everything: Sequence[Concern], within: Sequence[Concern]) -> Offered:
    """What there is to choose from among all concerns; of states, those `within` what somebody looks for besides."""
    topics, states = {one.topic for one in everything}, Counter(one.state for one in within)
    areas = {area for one in everything for area in one.areas}
    return Offered(
        {code: words for code, words in TOPICS.items() if code in topics},
        {code: name for code, name in AREAS.items() if code in areas},
        tuple(sorted({one.said_on.year for one in everything}, reverse=True)),
        {state: states[state] for state in STATE_WORDS if states[state]},
    )


def _fits(one: Concern, asked: Asked) -> bool:
    area = asked.area in one.areas if asked.area != WHOLE else not one.areas
    return (
        asked.topic in ("", one.topic)
        and asked.state in ("", one.state)
        and asked.year in ("", str(one.said_on.year))
        and (area or not asked.area)
    )
