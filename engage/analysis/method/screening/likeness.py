"""How much an answer reads like the invented disclosures: a second opinion beside the word lists."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import exp, sqrt

from engage.analysis.method.screening.wording import ending_free

_START = "*"
_SHORTEST, _LEAST = 6, 4


@cache
def shipped_weights() -> dict[str, float]:
    """Read what was learnt from invented text.

    Returns
    -------
    weights : dict of str to float
        Log-odds of each word or pair of words; "*" is where every answer starts.

    Examples
    --------
    >>> shipped_weights()["touch me"] > 0
    True
    """
    lines = files("engage.analysis.method.screening").joinpath("likeness.txt").read_text("utf-8").splitlines()
    return {words: float(weight) for weight, words in (line.split(" ", 1) for line in lines)}


def _features(words: Sequence[str]) -> dict[str, str]:
    """Give stems and pairs of stems, each with the words as they were written."""
    stems = [ending_free(word) for word in words]
    pairs = zip(pairwise(stems), pairwise(words), strict=True)
    return dict(zip(stems, words, strict=True)) | {" ".join(pair): " ".join(said) for pair, said in pairs}


def likeness(words: Sequence[str], weights: Mapping[str, float]) -> float:
    """Say how much an answer reads like a disclosure.

    Parameters
    ----------
    words : sequence of str
        Plain words of one answer.
    weights : mapping of str to float
        As `shipped_weights` gives them.

    Returns
    -------
    likeness : float, 0 to 1
        By logistic regression over words and pairs of words, learnt from invented text and everyday comments
        (see ``NOTICE.md``). Fewer than four words say too little to be alike: 0.

    Examples
    --------
    >>> learnt = shipped_weights()
    >>> likeness("a man grabbed me on bus".split(), learnt) > likeness("i like my bus".split(), learnt)
    True
    """
    found = _features(words)
    if len(words) < _LEAST or not any(feature in weights for feature in found):
        return 0.0
    total = sum(weights.get(feature, 0.0) for feature in found) / sqrt(max(len(found), _SHORTEST))
    return 1 / (1 + exp(-(weights[_START] + total)))


def telling_words(words: Sequence[str], weights: Mapping[str, float], most: int = 3) -> list[str]:
    """Name the words that made an answer alike.

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
        The heaviest words or pairs of words, heaviest first.

    Examples
    --------
    >>> telling_words("a man grabbed me on bus".split(), shipped_weights(), 1)
    ['on bus']
    """
    heavy = sorted(((weights.get(feature, 0.0), said) for feature, said in _features(words).items()), reverse=True)
    return [said for weight, said in heavy[:most] if weight > 0]
