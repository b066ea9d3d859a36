"""What the word lists know of one word: a name, an everyday word, or both."""

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from engage.analysis.method.redaction.gathered import plain_words, used_words, world_names

_COMMONPLACE = 2500
_SOME, _MANY, _MOST = 600, 6000, 25000
_SLIP_FROM, _SLIP_TO = 6, 14


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a word.

    ``first`` and ``last``: 2 chosen by hand for London's communities, 1 found in a world list, 0 neither.
    ``ordinary``: 4 among the most used English words, down to 1 rare, 0 not an everyday word.
    """

    first: int
    last: int
    ordinary: int

    @property
    def name(self) -> bool:
        """Whether it can be somebody's name."""
        return bool(self.first or self.last)


NOTHING = Known(0, 0, 0)


def _lines(name: str) -> list[str]:
    return files("engage.analysis.method.redaction").joinpath("words", name).read_text("utf-8").splitlines()


def _words(name: str) -> frozenset[str]:
    return frozenset(" ".join(_lines(name)).split())


@cache
def names() -> dict[str, str]:
    """Read the names with their marks: h, l first and last names chosen by hand; f, s from world lists; w also a word.

    Returns
    -------
    names : dict of str to str
        Folded name to its marks.

    Examples
    --------
    >>> "w" in names()["grace"]
    True
    """
    chosen = dict(line.split(" ", 1) for line in _lines("names.txt"))
    also, plain = _words("also_words.txt"), plain_words()
    much_used = (_words("young_words.txt") | frozenset(used_words()[:_COMMONPLACE])) - also - chosen.keys()
    world = {name: marks for name, marks in world_names().items() if name not in much_used}
    worded = also | {name for name in world if name in plain and name not in chosen}
    return {
        name: chosen.get(name, "") + world.get(name, "") + ("w" if name in worded else "")
        for name in chosen.keys() | world.keys()
    }


@cache
def ordinary() -> dict[str, int]:
    """Read the everyday words, the most used first; what is only a name is left out.

    Returns
    -------
    ordinary : dict of str to int
        Word to its rank, 0 the most used.

    Examples
    --------
    >>> ordinary()["the"] < ordinary()["homework"]
    True
    """
    used = used_words()
    young = sorted(_words("young_words.txt"))
    words = [*used[:_COMMONPLACE], *young, *used[_COMMONPLACE:], *sorted(plain_words())]
    kept = dict.fromkeys(word for word in words if "w" in names().get(word, "w"))
    return {word: rank for rank, word in enumerate(kept)}


@cache
def places() -> dict[str, str]:
    """Read the place names that are not specific: "general" (never taken out alone) and "country".

    Returns
    -------
    places : dict of str to str
        Folded place to its class.

    Examples
    --------
    >>> places()["finchley"], places()["somalia"]
    ('general', 'country')
    """
    found = {}
    for line in _lines("places.txt"):
        if not line.startswith("#"):
            kind, *words = line.split()
            found.update(dict.fromkeys(words, kind))
    return found


@lru_cache(maxsize=65536)
def known(word: str) -> Known:
    """Look one folded word up.

    Parameters
    ----------
    word : str
        A word as `tokens.fold` gives it.

    Returns
    -------
    known : Known
        What the lists say.

    Examples
    --------
    >>> known("ayodele").name, known("ayodele").ordinary
    (True, 0)
    >>> known("homework").name
    False
    """
    marks = names().get(word, "")
    first = 2 if "h" in marks else int("f" in marks)
    last = 2 if "l" in marks else int("s" in marks)
    if marks and "w" not in marks:
        return Known(first, last, 0)
    return Known(first, last, _how_ordinary(word))


def _how_ordinary(word: str) -> int:
    """Grade a word's use, looking through stretched letters ("soooo") and joined endings ("friend's")."""
    rank = ordinary().get(word)
    if rank is None:
        rank = ordinary().get(word.replace("'", ""))
    if rank is None:
        return _stretched(word)
    return 1 + (rank < _MOST) + (rank < _MANY) + (rank < _SOME)


def _stretched(word: str) -> int:
    """Read "nooooo" and "bestttt" as the word they stretch."""
    letters: list[str] = []
    for letter in word[:40]:
        if letters[-2:] != [letter, letter]:
            letters.append(letter)
    if len(letters) == len(word):
        return 0
    short = "".join(letters)
    single = "".join(c for at, c in enumerate(letters) if at == 0 or letters[at - 1] != c)
    return 2 if short in ordinary() or single in ordinary() else 0


@cache
def _one_letter_less() -> frozenset[str]:
    """Every often used word of six letters or more, with each of its letters left out in turn."""
    often = [word for word, rank in ordinary().items() if rank < 2 * _MANY and _SLIP_FROM <= len(word) <= _SLIP_TO]
    return frozenset(word[:at] + word[at + 1 :] for word in often for at in range(len(word)))


@lru_cache(maxsize=65536)
def slip(word: str) -> bool:
    """Say whether an unknown word is an everyday word with a slip of one letter ("definatly", "becuase").

    Parameters
    ----------
    word : str
        A folded word that no list holds.

    Returns
    -------
    slip : bool
        Whether one letter too many, too few, changed or swapped makes it an everyday word.

    Examples
    --------
    >>> slip("frends"), slip("oluwaseun")
    (True, False)
    """
    if not _SLIP_FROM - 1 <= len(word) <= _SLIP_TO:
        return False
    shorter = _one_letter_less()
    if word in shorter:
        return True
    return any(
        less in shorter or less in ordinary() for less in (word[:at] + word[at + 1 :] for at in range(len(word)))
    )
