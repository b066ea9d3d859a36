"""Which words are somebody's name, read from the word itself, its letters and the words around it."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from math import exp

from engage.analysis.method.redaction.features import features, reading
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
        total = learnt[_BIAS] + sum(learnt.get(name, 0.0) for name in features(words, shapes, lexes, at, cased=cased))
        scores.append(1 / (1 + exp(-total)))
    return scores
