"""The small language of the word lists, and finding its phrases in a text.

A phrase is words in order. ``a|b`` stands for either, ``word*`` for any ending, ``<family>`` for a group of
``slots.yaml``, ``get_out`` for two words in the place of one, and ``..`` for up to four other words. A word
stands for its other endings too ("hit", "hits", "hitting").
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, product

from engage.analysis.method.redaction.lexicon import known
from engage.analysis.method.screening.mending import nearest
from engage.analysis.method.screening.wording import as_typed, ending_free, squeezed

GAP = 4
_LEAST, _SLIPPED, _MOST = 4, 5, 24


@dataclass(frozen=True)
class Element:
    """One place of a phrase: the words that fit, and whether other words may stand before it."""

    fits: frozenset[str]
    after_gap: bool


@dataclass(frozen=True)
class Phrase:
    """One entry of a list: how it is written there, its kind of harm, its weight and its places."""

    written: str
    kind: str
    weight: float
    elements: tuple[Element, ...]


@dataclass(frozen=True)
class Found:
    """A phrase and the positions of the words that it stands on."""

    phrase: Phrase
    at: tuple[int, ...]


def parse(written: str, kind: str, weight: float, slots: Mapping[str, Sequence[str]]) -> list[Phrase]:
    """Read one line of a list.

    Parameters
    ----------
    written : str
        The phrase in the language of this module.
    kind : str
        The kind of harm.
    weight : float
        How much it tells, 1 to 3.
    slots : mapping of str to words
        What each ``<name>`` stands for.

    Returns
    -------
    phrases : list of Phrase
        One, or more where a choice holds several words; ready for a `Finder`.

    Raises
    ------
    ValueError
        If the phrase is empty or names a group that is not there.

    Examples
    --------
    >>> [len(phrase.elements) for phrase in parse("<who> .. hits me|my_mum", "home", 3, {"who": ["dad"]})]
    [3, 4]
    """
    parts = [_choices(part, slots) for part in written.lower().replace("'", "").split()]
    phrases = []
    for variant in product(*parts):
        elements = tuple(_elements(chain.from_iterable(variant)))
        if not elements:
            raise ValueError(f"An empty phrase in the list “{kind}”: {written}")
        phrases.append(Phrase(written, kind, weight, elements))
    return phrases


def _choices(part: str, slots: Mapping[str, Sequence[str]]) -> list[list[frozenset[str]]]:
    """Give the ways to fill one part: all its single words in one, each of its several words in one more."""
    single: set[str] = set()
    ways: list[list[frozenset[str]]] = []
    for choice in part.split("|"):
        if "_" in choice:
            ways.append([frozenset([word]) for word in choice.split("_")])
        else:
            single.update(_slot(choice, slots) if choice.startswith("<") else [choice])
    return [[frozenset(single)], *ways] if single else ways


def _elements(sets: Iterable[frozenset[str]]) -> Iterator[Element]:
    gap = False
    for words in sets:
        if words == {".."}:
            gap = True
        elif fits := as_typed(words):
            yield Element(fits, after_gap=gap)
            gap = False


def _slot(choice: str, slots: Mapping[str, Sequence[str]]) -> Sequence[str]:
    name = choice.strip("<>")
    if name not in slots:
        raise ValueError(f"No group “{name}” in slots.yaml")
    return slots[name]


class Finder:
    """Finds phrases in lists of plain words.

    Parameters
    ----------
    phrases : iterable of Phrase
        What to look for.
    fuzzy : bool
        Whether a misspelt word may stand for the list's nearest word.

    Examples
    --------
    >>> finder = Finder(parse("hits me", "home", 3, {}))
    >>> [found.at for found in finder.find(["dad", "hits", "me"])]
    [(1, 2)]
    """

    def __init__(self, phrases: Iterable[Phrase], *, fuzzy: bool = True) -> None:
        self._anchored: dict[str, list[tuple[Phrase, int]]] = defaultdict(list)
        self._stems: set[str] = set()
        self._words: dict[str, set[str]] = defaultdict(set)
        self._fuzzy = fuzzy
        for phrase in phrases:
            self._add(phrase)
        self._targets = sorted(
            word
            for word in {choice for words in self._words.values() for choice in words} | self._stems
            if len(word) >= _LEAST and word.isascii()
        )
        self._fit = lru_cache(maxsize=65536)(self._fits)

    def _add(self, phrase: Phrase) -> None:
        sizes = [len(element.fits) for element in phrase.elements]
        anchor = min(range(len(sizes)), key=lambda at: (sizes[at], -max(map(len, phrase.elements[at].fits))))
        for choice in phrase.elements[anchor].fits:
            self._anchored[choice].append((phrase, anchor))
        for element in phrase.elements:
            self._stems.update(choice[:-1] for choice in element.fits if choice.endswith("*"))
            for choice in element.fits:
                if not choice.endswith("*"):
                    self._words[ending_free(choice)].add(choice)

    def _fits(self, word: str) -> frozenset[str]:
        """Give every entry of the lists that a word fits: itself, and the stems that it starts with."""
        fits = self._exactly(word) or self._exactly(squeezed(word))
        if fits or not self._fuzzy or len(word) < _SLIPPED or len(word) > _MOST or not word.isascii():
            return fits
        about = known(word)
        return frozenset() if about.ordinary or about.name else self._nearly(word)

    def _exactly(self, word: str) -> frozenset[str]:
        stems = {word[:size] + "*" for size in range(3, len(word) + 1) if word[:size] in self._stems}
        return frozenset(stems | self._words.get(ending_free(word), set()))

    def _nearly(self, word: str) -> frozenset[str]:
        """Read a misspelt word as the nearest of the lists: one slip, or two in a long word."""
        near = nearest(word, self._targets)
        return self._exactly(near) if near else frozenset()

    def words(self) -> set[str]:
        """Name every whole word that its phrases hold.

        Returns
        -------
        words : set of str
            Plain words.
        """
        return {choice for words in self._words.values() for choice in words}

    def find(self, words: Sequence[str | None]) -> Iterator[Found]:
        """Find every phrase; a None among the words fits nothing.

        Parameters
        ----------
        words : sequence of str or None
            Plain words of one text.

        Yields
        ------
        found : Found
            A phrase and where it stands.
        """
        fits = [self._fit(word) if word else frozenset() for word in words]
        for at, choices in enumerate(fits):
            for choice in choices:
                for phrase, anchor in self._anchored.get(choice, ()):
                    places = _placed(phrase, anchor, at, fits)
                    if places:
                        yield Found(phrase, places)


def _placed(phrase: Phrase, anchor: int, at: int, fits: Sequence[frozenset[str]]) -> tuple[int, ...]:
    """Lay a phrase on the words around its anchor; an empty tuple where it does not fit."""
    places = [at]
    for place in range(anchor + 1, len(phrase.elements)):
        element = phrase.elements[place]
        step = _next(element, range(places[-1] + 1, places[-1] + 2 + (GAP if element.after_gap else 0)), fits)
        if step is None:
            return ()
        places.append(step)
    for place in range(anchor - 1, -1, -1):
        gap = GAP if phrase.elements[place + 1].after_gap else 0
        step = _next(phrase.elements[place], range(places[0] - 1, places[0] - 2 - gap, -1), fits)
        if step is None:
            return ()
        places.insert(0, step)
    return tuple(places)


def _next(element: Element, steps: range, fits: Sequence[frozenset[str]]) -> int | None:
    for step in steps:
        if 0 <= step < len(fits) and not element.fits.isdisjoint(fits[step]):
            return step
    return None
