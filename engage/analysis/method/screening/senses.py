"""Which groups of words by sense a word belongs to: kin, weapons, fear, hunger and so on."""

from collections import defaultdict
from functools import cache, lru_cache

from engage.analysis.method.redaction.gathered import felt_words
from engage.analysis.method.redaction.groups import groups

SENSES = "screening/lists/senses.yaml"
_SHORTEST, _BRIEF = 2, 2
_AWFUL, _BAD, _GLAD = -2.3, -1.2, 1.2  # how words feel, from -4 to 4


@cache
def _written() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Read the groups: whole words and beginnings of words, each with the names of its groups."""
    whole: dict[str, set[str]] = defaultdict(set)
    begun: dict[str, set[str]] = defaultdict(set)
    for name, words in groups(SENSES).items():
        for word in words.split():
            (begun[word[:-1]] if word.endswith("*") else whole[word]).add(name)
    return whole, begun


def sense_words() -> frozenset[str]:
    """Name every whole word that belongs to a group.

    Returns
    -------
    words : frozenset of str
        Plain words.

    Examples
    --------
    >>> "knife" in sense_words()
    True
    """
    return frozenset(_written()[0])


@lru_cache(maxsize=65536)
def senses(word: str) -> frozenset[str]:
    """Name the groups of one word.

    Parameters
    ----------
    word : str
        A plain word.

    Returns
    -------
    senses : frozenset of str
        Names of `senses.yaml`; none for most words.

    Examples
    --------
    >>> sorted(senses("stepdad")), sorted(senses("cloud"))
    (['kin'], [])
    """
    whole, begun = _written()
    found = set(whole.get(word, ()))
    for size in range(_SHORTEST, len(word) + 1):
        # A beginning of two letters stands only for short words.
        if size > _SHORTEST or len(word) <= size + _BRIEF:
            found |= begun.get(word[:size], set())
    return frozenset(found | _feeling(word))


def _feeling(word: str) -> set[str]:
    """Say whether people have found a word awful, bad or glad."""
    felt = felt_words().get(word, 0.0)
    if felt <= _BAD:
        return {"bad", "awful"} if felt <= _AWFUL else {"bad"}
    return {"gladly"} if felt >= _GLAD else set()
