"""Keep a theme's number from wave to wave."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from engage.analysis.method.records import Theme
from engage.analysis.method.themes.words import same_words, split

ALIKE = 0.25
FIRST = 1e-6  # what standing first weighs: it decides between equals, and changes no sum that anybody could tell apart


def _weights(theme: Theme) -> dict[str, float]:
    weights: dict[str, float] = {}
    for place, word in enumerate(theme.words):
        weights[word] = 1 / (1 + place) ** 0.5
    for place, phrase in enumerate(theme.phrases):
        for word in split(same_words(phrase)):
            weights[word] = weights.get(word, 0.0) + 0.5 / (1 + place) ** 0.5
    return weights


def _alike(first: Theme, second: Theme) -> float:
    one, two = _weights(first), _weights(second)
    lengths = (sum(w * w for w in one.values()) * sum(w * w for w in two.values())) ** 0.5
    return sum(weight * two.get(word, 0.0) for word, weight in one.items()) / lengths if lengths else 0.0


def match(before: Sequence[Theme], now: Sequence[Theme]) -> list[Theme]:
    """Give this wave's themes the numbers of last wave's themes that say the same.

    Parameters
    ----------
    before, now : sequence of Theme
        Themes of two waves; each wave's ids are different from each other. Of several in `before` that are as alike,
        the first one is taken.

    Returns
    -------
    renumbered : list of Theme, length len(now), in the order of `now`
        A theme alike to one of `before` has its id, each id used once; the others have new ids above all of `before`.

    Notes
    -----
    Alike is the cosine of weighted words and phrases, at least 0.25; pairs are chosen together so that their sum is
    largest. Source: Kuhn (1955), Naval Research Logistics Quarterly 2, 83-97.

    Examples
    --------
    >>> old = Theme(7, ("bus", "late"), (), (), 40, 0.9)
    >>> new = [Theme(0, ("club", "youth"), (), (), 30, 0.8), Theme(1, ("bus", "stop", "late"), (), (), 25, 0.9)]
    >>> [theme.id for theme in match([old], new)]
    [8, 7]
    """
    scores = np.array([[_alike(old, new) for old in before] for new in now]).reshape(len(now), len(before))
    first = np.where(scores >= ALIKE, np.linspace(FIRST, 0.0, num=len(before)), 0.0)
    rows, columns = linear_sum_assignment(-scores - first)
    kept = {
        int(row): before[column].id for row, column in zip(rows, columns, strict=True) if scores[row, column] >= ALIKE
    }
    following = iter(range(max((theme.id for theme in before), default=-1) + 1, 1_000_000))
    return [replace(theme, id=kept[place] if place in kept else next(following)) for place, theme in enumerate(now)]
