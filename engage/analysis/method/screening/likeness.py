"""How much an answer reads like the invented disclosures: its words, their order, and the senses that meet."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from math import exp

from engage.analysis.method.screening.grammar import patterns
from engage.analysis.method.screening.senses import senses
from engage.analysis.method.screening.wording import ending_free

START = "*"
NEAR, SHORTEST, LISTED, DAMPING = 6, 12, 0.35, 0.15
_WINDOW, _STEP, _NAMED = 60, 40, 40


@cache
def shipped_weights() -> dict[str, float]:
    """Read what was learnt from invented text.

    Returns
    -------
    weights : dict of str to float
        Log-odds of each feature of `features`, and of what the lists found; "*" is where every answer starts.

    Examples
    --------
    >>> shipped_weights()["!someone touch me"] > 0
    True
    """
    lines = files("engage.analysis.method.screening").joinpath("likeness.txt").read_text("utf-8").splitlines()
    return {name: float(weight) for weight, name in (line.split(" ", 1) for line in lines)}


@lru_cache(maxsize=65536)
def _alone(word: str) -> frozenset[str]:
    return frozenset([ending_free(word), *(f"#{sense}" for sense in senses(word))])


@lru_cache(maxsize=65536)
def _beside(word: str, following: str) -> frozenset[str]:
    """Give two neighbours: both stems, and each stem with the senses of the other."""
    stem, after = ending_free(word), ending_free(following)
    mixed = {f"{stem}+#{sense}" for sense in senses(following)} | {f"#{sense}+{after}" for sense in senses(word)}
    return frozenset({f"{stem} {after}"} | mixed)


@lru_cache(maxsize=65536)
def _meeting(word: str, later: str) -> frozenset[str]:
    """Give the pairs of senses of two words that stand near each other, in their order."""
    return frozenset(f"#{one}>{other}" for one in senses(word) for other in senses(later) if one != other)


def features(words: Sequence[str]) -> set[str]:
    """List what is looked at in an answer.

    Parameters
    ----------
    words : sequence of str
        Plain words of one answer.

    Returns
    -------
    features : set of str
        Stems, pairs of stems, senses ("#kin"), a sense beside a stem, pairs of senses at most six words apart, and
        the patterns of `grammar`.

    Examples
    --------
    >>> "#kin>hurt" in features("dad hits me".split())
    True
    """
    found: set[str] = set()
    found.update(*map(_alone, words))
    found.update(*(_beside(one, other) for one, other in pairwise(words)))
    meant = [(at, word) for at, word in enumerate(words) if senses(word)]
    for place, (at, word) in enumerate(meant):
        for later, other in meant[place + 1 : place + 1 + NEAR]:
            if later - at > NEAR:
                break
            found |= _meeting(word, other)
    return found | patterns(words)


def evidence(words: Sequence[str], listed: Iterable[str], weights: Mapping[str, float]) -> float:
    """Add up the weights of one stretch of words.

    Parameters
    ----------
    words : sequence of str
        Plain words.
    listed : iterable of str
        What the word lists found, as the weights name it.
    weights : mapping of str to float
        As `shipped_weights` gives them.

    Returns
    -------
    evidence : float
        Log-odds: above 0 it reads more like a disclosure than not.

    Examples
    --------
    >>> evidence([], [], {"*": -1.5})
    -1.5
    """
    found = features(words)
    size: float = max(len(found), SHORTEST) ** DAMPING
    total = sum(weights.get(feature, 0.0) for feature in found) / size
    return weights.get(START, 0.0) + total + LISTED * sum(weights.get(name, 0.0) for name in listed)


def likeness(words: Sequence[str], listed: Iterable[str], weights: Mapping[str, float]) -> float:
    """Say how much an answer reads like a disclosure.

    Parameters
    ----------
    words : sequence of str
        Plain words of one answer.
    listed : iterable of str
        What the word lists found, as the weights name it.
    weights : mapping of str to float
        As `shipped_weights` gives them.

    Returns
    -------
    likeness : float, 0 to 1
        By logistic regression, learnt from invented text and everyday comments (see ``NOTICE.md``). A long answer
        is read in overlapping stretches, and counts as its strongest.

    Examples
    --------
    >>> learnt = shipped_weights()
    >>> likeness("a man grabbed me on bus".split(), [], learnt) > likeness("i like my bus".split(), [], learnt)
    True
    """
    listed = list(listed)
    starts = range(0, max(1, len(words) - _WINDOW + _STEP), _STEP)
    strongest = max(evidence(words[start : start + _WINDOW], listed, weights) for start in starts)
    return 1 / (1 + exp(-strongest))


def telling_words(words: Sequence[str], weights: Mapping[str, float], most: int = 3) -> list[str]:
    """Name the words without which an answer would be less alike.

    Parameters
    ----------
    words : sequence of str
        Plain words of one answer.
    weights : mapping of str to float
        As `shipped_weights` gives them.
    most : int
        How many to name.

    Returns
    -------
    telling : list of str
        The words that matter most among the first of a long answer, the one that matters most first.

    Examples
    --------
    >>> telling_words("the bus driver grabbed me".split(), {"*": 0, "grab": 1.0}, 1)
    ['grabbed']
    """
    words = words[:_NAMED]
    whole = evidence(words, [], weights)
    lost = {word: whole - evidence([*words[:at], *words[at + 1 :]], [], weights) for at, word in enumerate(words)}
    return [word for word, loss in sorted(lost.items(), key=lambda item: -item[1])[:most] if loss > 0]
