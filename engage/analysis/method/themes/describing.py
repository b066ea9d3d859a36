"""Say what a theme is about: its words, its phrases, and answers that stand for it."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder
from numpy.typing import NDArray

from engage.analysis.method.themes.space import count_words
from engage.analysis.method.themes.words import Stems, split

Points = NDArray[np.float64]
N_WORDS = 8
N_PHRASES = 5
N_EXEMPLARS = 3
SHORTEST, LONGEST = 3, 20  # words of an exemplar, small ones not counted
TOO_ALIKE = 0.95
_LEAST = 1e-9


def telling_words(stems: Sequence[Sequence[str]], labels: NDArray[np.int64], n_groups: int) -> list[list[str]]:
    """Stems said clearly more in a theme than in the others, the most telling first.

    Log-odds with an informative prior, in standard errors. Source: Monroe, Colaresi & Quinn (2008), Political Analysis
    16, 372-403, equations 15-22.
    """
    seen = Counter(stem for found in stems for stem in set(found))
    fewest = 2 if len(stems) > N_WORDS else 1
    vocabulary = {
        stem: place for place, stem in enumerate(sorted(s for s, n in seen.items() if n >= fewest and not s.isdigit()))
    }
    if not vocabulary:
        return [[] for _ in range(n_groups)]
    ones = count_words(stems, vocabulary)
    inside = np.vstack([ones[labels == one].sum(axis=0) for one in range(n_groups)])
    score = _log_odds(inside)
    names = np.array(list(vocabulary))
    best = np.argsort(-score, axis=1, kind="stable")[:, : 2 * N_WORDS]
    return [[str(names[w]) for w in row if inside[one, w] and score[one, w] > 0] for one, row in enumerate(best)]


def _log_odds(inside: Points) -> Points:
    total = inside.sum(axis=0)
    prior = 100 * total / total.sum()
    outside = total - inside
    size_in, size_out = inside.sum(axis=1, keepdims=True), outside.sum(axis=1, keepdims=True)
    yes, no = inside + prior, outside + prior
    # Where one word is all that was ever said, nothing is left over to set it against.
    rest_in, rest_out = np.maximum(size_in + 100 - yes, _LEAST), np.maximum(size_out + 100 - no, _LEAST)
    odds = np.log(yes / rest_in) - np.log(no / rest_out)
    return np.asarray(odds / np.sqrt(1 / yes + 1 / no))


def phrases(keys: Sequence[str], stems: Stems) -> list[str]:
    """Pairs of words that stand together more often than chance, the strongest first (likelihood ratio)."""
    finder = BigramCollocationFinder.from_documents([split(key) for key in keys])
    finder.apply_freq_filter(max(2, len(keys) // 100))
    finder.apply_word_filter(lambda word: stems.is_small(word) or not word.isalpha())
    found = finder.nbest(BigramAssocMeasures.likelihood_ratio, 3 * N_PHRASES)
    return [" ".join(pair) for pair in found]


def exemplars(stems: Sequence[Sequence[str]], points: Points, middle: Points, words: Sequence[str]) -> list[int]:
    """Positions of answers near the middle that use the theme's words and a person can read, none a copy of another."""
    lengths = np.array([len(found) for found in stems])
    fits = (lengths >= SHORTEST) & (lengths <= LONGEST)
    telling = np.array([len(set(words) & set(found)) for found in stems]) / np.maximum(np.sqrt(lengths), 1)
    order = np.argsort(-(points @ middle + fits + telling / N_EXEMPLARS), kind="stable")
    chosen: list[int] = []
    for place in order.tolist():
        if all(points[place] @ points[other] < TOO_ALIKE for other in chosen):
            chosen.append(place)
        if len(chosen) == N_EXEMPLARS:
            break
    return chosen


def spelled(found: Sequence[str], stems: Stems) -> tuple[str, ...]:
    """Telling stems as people wrote them."""
    return tuple(dict.fromkeys(stems.form(stem) for stem in found))[:N_WORDS]
