"""Which words are somebody's name, read from the word itself, its letters and the words around it."""

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from math import exp

from engage.analysis.method.redaction.features import around, of_itself, reading
from engage.analysis.method.redaction.tokens import Token

_BIAS = "bias"


@cache
def weights() -> dict[str, float]:
    """Read what was learnt: a weight for each feature.

    Learnt by logistic regression from invented sentences and from public sets whose licences allow it
    (see ``NOTICE.md`` beside this file).

    Returns
    -------
    weights : dict of str to float
        Log-odds that each feature adds; "bias" is what every word starts from.

    Examples
    --------
    >>> weights()["p=named"] > 0
    True
    """
    lines = files("engage.analysis.method.redaction").joinpath("words", "weights.txt").read_text("utf-8").split("\n")
    split = (line.split(" ", 1) for line in lines if line)
    return {feature: float(weight) for weight, feature in split}


@lru_cache(maxsize=65536)
def _alone(word: str, shaped: str, lex: str) -> float:
    """Weigh a word by itself, from what every word starts from."""
    learnt = weights()
    return learnt[_BIAS] + sum(learnt.get(name, 0.0) for name in of_itself(word, shaped, lex))


def chances(found: Sequence[Token]) -> list[float]:
    """Give each word the chance that it is a personal detail.

    Parameters
    ----------
    found : sequence of Token
        The words of one text.

    Returns
    -------
    chances : list of float, 0 to 1
        One for each word; 0 for numbers and marks, which the patterns read.

    Examples
    --------
    >>> from engage.analysis.method.redaction.tokens import tokens
    >>> [round(chance) for chance in chances(tokens("my friend ayodele"))]
    [0, 0, 1]
    """
    learnt = weights()
    words, shapes, lexes, cased = reading(found)
    scores = []
    for at, token in enumerate(found):
        if not token.text[0].isalpha():
            scores.append(0.0)
            continue
        beside = around(words, shapes, lexes, at, cased=cased)
        total = _alone(words[at], shapes[at], lexes[at]) + sum(learnt.get(name, 0.0) for name in beside)
        scores.append(1 / (1 + exp(-total)))
    return scores
