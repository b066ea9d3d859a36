"""Who did what to whom: a small grammar over the senses of words, so that new words in an old pattern still tell."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from engage.analysis.method.screening.senses import senses

NEAR = 5
_DOERS = frozenset({"they", "kin", "man", "partner", "staff", "friend", "woman", "grown"})
_CLOSE = frozenset({"kin", "friend", "young", "woman"})
_SELF = frozenset({"mine", "ours"})
_ACTS = frozenset(
    {"hurt", "touch", "force", "sex", "follow", "kill", "warn", "owned", "leer", "cruel", "asked", "said", "put"}
)
_DONE_TO = frozenset({"hurt", "touch", "force", "sex", "follow", "kill", "bully", "hate", "leer", "drunken"})
_FEARED = frozenset({"kin", "man", "partner", "they", "staff", "shelter", "school"})
_WEAPONS = frozenset({"weapon", "thing"})


def patterns(words: Sequence[str]) -> set[str]:
    """Name the patterns that an answer holds.

    Parameters
    ----------
    words : sequence of str
        Plain words of one answer.

    Returns
    -------
    patterns : set of str
        "!someone hurt me" (a doer, an act and the writer, each at most five words on), "!someone hurt them" (somebody
        close instead), "!got hurt", "!hurt my limb", "!hurt with", "!fear of kin" and the like.

    Examples
    --------
    >>> sorted(patterns("my uncle whacked me".split()))
    ['!someone hurt me']
    """
    meant = [senses(word) for word in words]
    found: set[str] = set()
    for at, about in enumerate(meant):
        for act in about & _ACTS:
            found.update(_acted(act, meant, at))
        for act in about & _DONE_TO:
            if at and any("got" in before for before in meant[max(0, at - 2) : at]):
                found.add(f"!got {act}")
        if "fear" in about:
            after = frozenset().union(*meant[at + 1 : at + 1 + NEAR])
            found.update(f"!fear of {feared}" for feared in after & _FEARED)
    return found


def _acted(act: str, meant: Sequence[frozenset[str]], at: int) -> Iterator[str]:
    """Name what one act says: by whom, to whom, to which part of the body, with what."""
    before = frozenset().union(*meant[max(0, at - NEAR) : at])
    after = meant[at + 1 : at + 1 + NEAR]
    whole = frozenset().union(*after)
    if before & _DOERS and whole & _SELF:
        yield f"!someone {act} me"
    elif before & _DOERS and whole & _CLOSE:
        yield f"!someone {act} them"
    if any(one & _SELF and other & {"limb", "body_low"} for one, other in pairwise(after)):
        yield f"!{act} my limb"
    if whole & _WEAPONS:
        yield f"!{act} with"
