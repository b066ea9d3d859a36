"""Looks at every phrase, code and group at once, and says which rose."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from engage.analysis.method.change import false_discovery
from engage.analysis.method.emerging.drift import Drift, chance_of, drift_of, least_share
from engage.analysis.method.emerging.items import Item, coded_items, grouped_items, said_items
from engage.analysis.method.phrases import phrases_of
from engage.analysis.method.records import CouldSee, Emerging, Interval, Rise
from engage.analysis.method.themes.words import same_words

Numbers = NDArray[np.float64]
Codes = Sequence[Sequence[Iterable[Hashable]]]
LEAST_RATIO = 1.5
LEAST_ANSWERS = 5
WATCHED = 0.01  # chance below which something not sure is still worth an eye
MOST_WATCHED = 10
ALIKE = 0.6
EXEMPLARS = 3
READABLE = 12  # words
ASKED = (0.0, 0.01, 0.05)
Z95 = 1.959963984540054


@dataclass(frozen=True)
class _Waves:
    """All answers in one row, oldest first, and the wave that each is of."""

    texts: list[str]
    wave: NDArray[np.int64]
    sizes: Numbers  # answers of each wave that say something

    @property
    def last(self) -> int:
        return len(self.sizes) - 1


@dataclass(frozen=True)
class _Tested:
    item: Item
    counts: Numbers  # by wave that says something
    drift: Drift
    p: float
    q: float


def emerging(
    earlier: Sequence[Sequence[str]],
    now: Sequence[str],
    *,
    codes: Codes | None = None,
    fdr: float = 0.05,
    random_state: int = 0,
) -> Emerging:
    """Say what is said clearly more in this wave than in the waves before.

    Parameters
    ----------
    earlier : sequence of sequence of str
        Answers to the same question in each earlier wave, oldest first. The more waves, the better is known how much
        things wander by themselves; with one, a cautious figure is assumed.
    now : sequence of str, length n_answers
        This wave's answers.
    codes : sequence of (sequence of sets of codes), optional
        For each wave, oldest first and this one last, the codes that people gave to each answer.
    fdr : float, 0 to 1
        The share of false calls to accept among the rises.
    random_state : int
        Seed of the grouping.

    Returns
    -------
    emerging : Emerging
        `rises` in two tiers: "rise" is sure after looking at everything at once; "watch" is not, and worth an eye.
        `could_have_seen` is the least share that would have been called a rise, `tests` how much was looked at. Counts
        are true counts and must be protected before they are shown to many.

    Raises
    ------
    ValueError
        If this wave has no answers, `fdr` is not between 0 and 1, or codes do not stand for every answer.

    Notes
    -----
    Words, pairs of words, codes and groups of like answers are one family. Each is tested against its earlier share by
    a beta-binomial whose spread is measured on the earlier waves, then adjusted after Benjamini & Hochberg (1995). A
    rise has at least 5 answers and 1.5 times the share. Groups are made without looking at waves.

    Examples
    --------
    >>> before = [["more clubs", "late bus", "bus fares", "dark park", "litter", "homework"] * 20 for _ in range(3)]
    >>> found = emerging(before, before[0][:100] + ["so many vapes in the toilets"] * 12)
    >>> found.rises[0].tier, found.rises[0].before, found.rises[0].count
    ('rise', 0.0, 12)
    >>> emerging([], ["late bus"]).note
    'There is no earlier wave to compare with'
    """
    if not 0 < fdr < 1:
        raise ValueError(f"fdr is a share between 0 and 1, got {fdr}")
    if not len(now):
        raise ValueError("This wave has no answers yet: give at least one")
    _check(earlier, now, codes)
    texts = [text for wave in (*earlier, now) for text in wave]
    phrases = phrases_of(texts)
    wave = np.repeat(np.arange(len(earlier) + 1), [len(one) for one in (*earlier, now)])
    sizes = np.bincount(wave[phrases.says], minlength=len(earlier) + 1).astype(np.float64)
    said = int(sizes[-1])
    if not sizes[:-1].any() or not said:
        missing = "There is no earlier wave to compare with" if said else "Nobody says anything in this wave"
        return Emerging((), (), 0, said, missing)
    waves = _Waves(texts, wave, sizes)
    families = [said_items(phrases), grouped_items(phrases, seed=random_state)]
    if codes is not None:
        families.append(coded_items([given for one in codes for given in one]))
    return _judge(_tested(families, waves), waves, fdr)


def _check(earlier: Sequence[Sequence[str]], now: Sequence[str], codes: Codes | None) -> None:
    if codes is not None and [len(one) for one in codes] != [len(one) for one in (*earlier, now)]:
        raise ValueError("Codes must be given for every wave, this one last, and for every answer of each")


def _tested(families: Sequence[Sequence[Item]], waves: _Waves) -> list[_Tested]:
    """Count each item by wave, and give its chance where it passes the floors; each family wanders in its own way."""
    kept = waves.sizes > 0
    sizes, found = waves.sizes[kept], []
    for items in families:
        each = [np.bincount(waves.wave[item.places], minlength=len(kept))[kept] for item in items]
        counts = np.array(each, dtype=np.float64).reshape(len(items), len(sizes))
        drift = drift_of(counts[:, :-1], sizes[:-1])
        high, p = _passes_floors(counts, sizes), np.ones(len(items))
        p[high] = chance_of(counts[high], sizes, drift)
        found += list(zip(items, counts, repeat(drift), p.tolist(), strict=False))
    q = false_discovery([chance for *_, chance in found])
    return [_Tested(*parts, adjusted) for parts, adjusted in zip(found, q, strict=True)]


def _passes_floors(counts: Numbers, sizes: Numbers) -> NDArray[np.bool_]:
    before = counts[:, :-1].sum(axis=1) / sizes[:-1].sum()
    return np.asarray((counts[:, -1] >= LEAST_ANSWERS) & (counts[:, -1] / sizes[-1] >= LEAST_RATIO * before))


def _judge(tested: Sequence[_Tested], waves: _Waves, fdr: float) -> Emerging:
    order = sorted(tested, key=lambda one: one.p)
    sure = _joined([one for one in order if one.q <= fdr], waves)
    known = [group[0] for group in sure]
    unsure = [one for one in order if one.q > fdr and one.p <= WATCHED]
    watched = _joined([one for one in unsure if not any(_alike(one, two, waves) for two in known)], waves)
    rises = [_rise(group, waves, sure=True) for group in sure]
    rises += [_rise(group, waves, sure=False) for group in watched[:MOST_WATCHED]]
    seen, said, before = _could_have_seen(tested, waves, fdr), int(waves.sizes[-1]), int(waves.sizes[:-1].sum())
    few = (
        "" if seen else f"Too few answers say something for a rise to be seen: at least {LEAST_ANSWERS + 1} are needed"
    )
    return Emerging(tuple(rises), seen, len(tested), said, few, earlier=before)


def _now(one: _Tested, waves: _Waves) -> set[int]:
    return set(one.item.places[waves.wave[one.item.places] == waves.last].tolist())


def _alike(one: _Tested, other: _Tested, waves: _Waves) -> bool:
    first, second = _now(one, waves), _now(other, waves)
    return len(first & second) >= ALIKE * min(len(first), len(second))


def _joined(tested: Sequence[_Tested], waves: _Waves) -> list[list[_Tested]]:
    """Put what mostly stands in the same answers together, under what is surest."""
    groups: list[list[_Tested]] = []
    for one in tested:
        home = next((group for group in groups if _alike(one, group[0], waves)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    return groups


def _rise(group: Sequence[_Tested], waves: _Waves, *, sure: bool) -> Rise:
    first = group[0]
    sizes = waves.sizes[waves.sizes > 0]
    before, now = first.counts[:-1].sum() / sizes[:-1].sum(), first.counts[-1] / sizes[-1]
    said_in = sorted(_now(first, waves))
    places = _readable(said_in, waves.texts)
    start = int((waves.wave < waves.last).sum())
    return Rise(
        what=first.item.what,
        kind=first.item.kind,
        before=float(before),
        now=float(now),
        ratio=float(now / before) if before else None,
        interval=_interval(first, sizes),
        q=first.q,
        tier="rise" if sure else "watch",
        count=int(first.counts[-1]),
        exemplars=tuple(waves.texts[place] for place in places),
        places=tuple(place - start for place in places),
        also=tuple(dict.fromkeys(one.item.what for one in group[1:] if one.item.what != first.item.what)),
        said_in=tuple(place - start for place in said_in),
    )


def _interval(one: _Tested, sizes: Numbers) -> Interval:
    """Range of the ratio on the log scale, wandering included; no top for what was not said before."""
    before, now = one.counts[:-1].sum(), one.counts[-1]
    share = (before + 0.5) / (sizes[:-1].sum() + 1)
    wander = float(one.drift.at(np.array([share]))[0]) / share
    error = np.sqrt(1 / now + 1 / (before + 0.5) + wander * (1 + 1 / (len(sizes) - 1)))
    middle = np.log(now / sizes[-1] / share)
    top = float(np.exp(middle + Z95 * error)) if before else None
    return Interval(float(np.exp(middle - Z95 * error)), top)


def _readable(places: Sequence[int], texts: Sequence[str]) -> list[int]:
    """A few answers of a length that is easily read, no two the same."""
    keys = {same_words(texts[place]): place for place in reversed(places)}
    order = sorted(keys.items(), key=lambda pair: (abs(len(pair[0].split()) - READABLE), pair[1]))
    return [place for _, place in order[:EXEMPLARS]]


def _could_have_seen(tested: Sequence[_Tested], waves: _Waves, fdr: float) -> tuple[CouldSee, ...]:
    sizes = waves.sizes[waves.sizes > 0]
    drift = tested[0].drift if tested else drift_of(np.zeros((0, len(sizes) - 1)), sizes[:-1])
    chance, seen = fdr / max(len(tested), 1), []
    for before in ASKED:
        floor = max(LEAST_ANSWERS, int(np.ceil(LEAST_RATIO * before * sizes[-1])))
        if floor < sizes[-1]:
            share = least_share(before, sizes, drift, chance=chance, floor=floor)
            seen.append(CouldSee(before, share, int(np.ceil(share * sizes[-1]))))
    return tuple(seen)
