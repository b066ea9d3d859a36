"""How far two people who read the same answers give them the same codes, beyond what chance would give."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

import numpy as np
from nltk.metrics.distance import masi_distance
from numpy.typing import NDArray

from engage.analysis.method.records import Agreement, Interval

Codes = frozenset[Hashable]
Numbers = NDArray[np.float64]
ROUNDS = 1_000
ENOUGH_TO_DRAW = 10  # answers read twice, from which drawing again says something
PAIR = 2
PARTS = 3  # of a coding: who, which answer, which codes


def apart(first: Codes, second: Codes) -> float:
    """Say how far apart two sets of codes are (MASI).

    Parameters
    ----------
    first, second : frozenset of codes
        What two people gave to one answer; an empty set is "no code fits".

    Returns
    -------
    distance : float, 0 (the same) to 1 (nothing in common)

    Notes
    -----
    Source: Passonneau (2006), Proceedings of LREC, 831-836.

    Examples
    --------
    >>> apart(frozenset({"buses"}), frozenset({"buses"})), apart(frozenset({"buses"}), frozenset())
    (0.0, 1.0)
    >>> round(apart(frozenset({"buses"}), frozenset({"buses", "cost"})), 3)
    0.667
    """
    if first == second:
        return 0.0
    return float(masi_distance(first, second)) if first and second else 1.0


def alpha(codings: Iterable[tuple[Hashable, Hashable, Iterable[Hashable]]], *, random_state: int = 0) -> Agreement:
    """Say how far people who coded the same answers agree: Krippendorff's alpha with the MASI distance.

    Parameters
    ----------
    codings : iterable of (coder, answer, codes)
        Who, which answer, and the codes given, none or several. Answers that only one person read are left out. If a
        person coded an answer more than once, the last counts.
    random_state : int
        Seed of the bootstrap.

    Returns
    -------
    agreement : Agreement
        `alpha` is 1 where all agree, about 0 where they agree as often as chance, below 0 where less. It is None where
        everybody gave every answer the same codes: nothing then tells agreement from habit. `interval` is the 95 %
        bootstrap range over answers, None below 10 answers.

    Raises
    ------
    ValueError
        If no answer was coded by two people, or a coding is not a coder, an answer and codes.

    Notes
    -----
    Source: Krippendorff (2004), Content Analysis, 2nd ed., Sage, chapter 11; bootstrap over answers: Efron & Tibshirani
    (1993), An Introduction to the Bootstrap, chapter 13.

    Examples
    --------
    >>> first = [("Ada", 1, {"buses"}), ("Ada", 2, {"parks"}), ("Ada", 3, {"parks", "safety"})]
    >>> second = [("Ben", 1, {"buses"}), ("Ben", 2, {"parks"}), ("Ben", 3, {"safety"})]
    >>> found = alpha(first + second)
    >>> round(found.alpha, 2), found.answers, found.coders
    (0.72, 3, 2)
    """
    every = list(codings)
    if any(len(one) != PARTS for one in every):
        raise ValueError("Each coding is a coder, an answer and the set of codes that this coder gave it")
    given = {(coder, answer): frozenset(codes) for coder, answer, codes in every}
    read: dict[Hashable, list[Codes]] = {}
    for (_, answer), codes in given.items():
        read.setdefault(answer, []).append(codes)
    twice = [sets for sets in read.values() if len(sets) >= PAIR]
    if not twice:
        raise ValueError("Agreement needs at least one answer that two people have coded")
    observed, counts, apartness = _figures(twice)
    whole = _alpha(observed.sum(), counts.sum(axis=0), apartness)
    return Agreement(
        alpha=None if np.isnan(whole) else whole,
        interval=_interval(observed, counts, apartness, seed=random_state),
        answers=len(twice),
        coders=len({coder for coder, answer in given if len(read[answer]) >= PAIR}),
        same=sum(len(set(sets)) == 1 for sets in twice),
    )


def _figures(twice: Sequence[Sequence[Codes]]) -> tuple[Numbers, Numbers, Numbers]:
    """Per answer: disagreement summed over its pairs, and how often each set was given; and how far sets are apart."""
    sets = list(dict.fromkeys(codes for found in twice for codes in found))
    place = {codes: number for number, codes in enumerate(sets)}
    apartness = np.array([[apart(one, other) for other in sets] for one in sets])
    counts = np.zeros((len(twice), len(sets)))
    for answer, found in enumerate(twice):
        for codes, times in Counter(found).items():
            counts[answer, place[codes]] = times
    observed = np.einsum("as,as->a", counts @ apartness, counts) / (counts.sum(axis=1) - 1)
    return observed, counts, apartness


def _alpha(observed: float, totals: Numbers, apartness: Numbers) -> float:
    """One less the disagreement seen over that expected by chance; nan where chance allows none."""
    readings = totals.sum()
    expected = totals @ apartness @ totals / (readings - 1)
    return float(1 - observed / expected) if expected > 0 else float("nan")


def _interval(observed: Numbers, counts: Numbers, apartness: Numbers, *, seed: int) -> Interval | None:
    if len(observed) < ENOUGH_TO_DRAW:
        return None
    chance = np.random.default_rng(seed)
    drawn = chance.multinomial(len(observed), np.full(len(observed), 1 / len(observed)), ROUNDS)
    each = [_alpha(float(row @ observed), row @ counts, apartness) for row in drawn]
    if np.isnan(each).all():
        return None
    low, high = np.nanquantile(each, [0.025, 0.975])
    return Interval(float(low), float(high))
