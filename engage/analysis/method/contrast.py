"""What some people write that the rest do not: the words of the few who do not feel safe, against all others."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import hypergeom

from engage.analysis.method.change import false_discovery
from engage.analysis.method.phrases import Phrases, phrases_of
from engage.analysis.method.records import Interval, Telling

Numbers = NDArray[np.float64]
Z95 = 1.959963984540054
TINY = 1e-9
PRIOR = 100.0  # words' worth of "people mostly talk alike" given to each side
ALIKE = 0.8  # two phrases in nearly the same answers are one


@dataclass(frozen=True)
class _Counts:
    those: Numbers  # answers with each phrase
    rest: Numbers
    log_odds: Numbers
    error: Numbers


def contrast(
    those: Sequence[str], rest: Sequence[str], *, language: str = "en", fewest: int = 2, fdr: float = 0.05
) -> list[Telling]:
    """Say which words and phrases some people use clearly more than the rest.

    Parameters
    ----------
    those : sequence of str
        Answers of the few, such as those who answered "unsafe".
    rest : sequence of str
        Answers of everybody else to the same question.
    language : str
        Code of the main language.
    fewest : int >= 1, answers
        A phrase must stand in at least so many answers of `those`.
    fdr : float, 0 to 1
        The share of false calls to accept among the phrases given.

    Returns
    -------
    tellings : list of Telling
        The most certain first, phrases that stand in nearly the same answers given once; empty where nothing sets
        `those` apart. Counts are true counts and must be protected before they are shown to many.

    Raises
    ------
    ValueError
        If either side has no answer that says something.

    Notes
    -----
    Log-odds with an informative Dirichlet prior, counting answers and not words, so that one long answer weighs no
    more than a short one. A difference that one person makes is never given unless `fewest` is 1. Since counts are
    small, what is called is decided by Fisher's exact test, after Benjamini & Hochberg over the phrases that are
    frequent enough to be called at all. Sources: Monroe, Colaresi & Quinn (2008), Political Analysis 16, 372-403,
    equations 15-22; Tarone (1990), Biometrics 46, 515-522.

    Examples
    --------
    >>> unsafe = ["the alley behind school is dark", "dark alley at night", "no lights in the alley"]
    >>> others = ["more clubs", "the bus is late", "nice park", "school is fine", "I like my street"] * 10
    >>> [(one.what, one.those, one.rest) for one in contrast(unsafe, others)]
    [('alley', 3, 0)]
    """
    found = phrases_of([*those, *rest], language=language, fewest=fewest)
    side = np.arange(len(found.says)) < len(those)
    if not found.says[side].any() or not found.says[~side].any():
        raise ValueError("A contrast needs at least one answer that says something on each side")
    counts = _count(found, side)
    q = _adjusted(counts, int((side & found.says).sum()), int(found.says.sum()), fdr)
    z = counts.log_odds / counts.error
    chosen = np.flatnonzero((q <= fdr) & (z >= Z95) & (counts.those >= fewest))
    order = sorted(chosen.tolist(), key=lambda phrase: -z[phrase])
    return _once([_telling(found, counts, phrase, float(q[phrase]), len(those)) for phrase in order])


def _count(found: Phrases, side: NDArray[np.bool_]) -> _Counts:
    """Log-odds of each phrase between the sides, and its standard error."""
    total = np.asarray(found.stands_in.sum(axis=0), dtype=np.float64)
    inside = np.asarray(side.astype(np.float32) @ found.stands_in, dtype=np.float64)
    outside = total - inside
    prior = PRIOR * total / max(total.sum(), 1.0)
    yes, no = inside + prior, outside + prior
    odds_yes = np.log(yes / np.maximum(inside.sum() + PRIOR - yes, TINY))  # a lone phrase leaves nothing beside it
    odds_no = np.log(no / np.maximum(outside.sum() + PRIOR - no, TINY))
    return _Counts(inside, outside, odds_yes - odds_no, np.sqrt(1 / yes + 1 / no))


def _adjusted(counts: _Counts, n_those: int, n_all: int, fdr: float) -> Numbers:
    """Exact chance of each phrase standing so often on this side, adjusted over those that could be told at all."""
    total = counts.those + counts.rest
    least = hypergeom.sf(np.minimum(total, n_those) - 1, n_all, total, n_those)  # if all were on this side
    could = least <= fdr
    while could.any() and not (least[could] <= fdr / could.sum()).all():
        could &= least <= fdr / could.sum()
    q = np.ones(len(total))
    chance = hypergeom.sf(counts.those[could] - 1, n_all, total[could], n_those)
    q[could] = false_discovery(chance.tolist())
    return q


def _telling(found: Phrases, counts: _Counts, phrase: int, q: float, n_those: int) -> Telling:
    odds, error = float(counts.log_odds[phrase]), float(counts.error[phrase])
    return Telling(
        what=found.names[phrase],
        those=int(counts.those[phrase]),
        rest=int(counts.rest[phrase]),
        log_odds=odds,
        interval=Interval(odds - Z95 * error, odds + Z95 * error),
        z=odds / error,
        q=q,
        places=tuple(place for place in found.answers(phrase).tolist() if place < n_those),
    )


def _once(tellings: Sequence[Telling]) -> list[Telling]:
    """Leave out what stands in nearly the same answers as something more certain."""
    kept: list[Telling] = []
    for telling in tellings:
        own = set(telling.places)
        if all(len(own & set(other.places)) < ALIKE * len(own) for other in kept):
            kept.append(telling)
    return kept
