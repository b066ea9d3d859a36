"""The mood of an answer by a list of words, before anybody has labelled any."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from engage.analysis.method.themes.words import LONGEST, says_nothing

MOODS = ("positive", "mixed", "neutral", "negative")
STRONG = 0.05  # compound from which VADER's authors call an answer positive or negative
BOTH = 0.5  # how much the weaker side is of the stronger one where an answer is mixed
LETTERS = 0.5  # share of letters of the Latin alphabet below which English words are not looked for
FIGURES = ("compound", "pos", "neg", "neu")
UNCLEAR = ("sick", "wicked")  # praise or not, depending on who says it; numbers ("143", "I love you") are buses
FEEDBACK_WORDS = {
    "late": -1.0, "later": -0.5, "slow": -1.2, "wait": -0.8, "waited": -1.0, "waiting": -0.8, "queue": -0.8,
    "queues": -0.8, "dark": -0.8, "expensive": -1.2, "overcrowded": -1.5, "crowded": -1.0, "litter": -1.2,
    "cancelled": -1.2, "closed": -0.8, "unsafe": -2.0, "should": -0.6, "could": -0.4, "more": -0.5, "need": -0.7,
    "needs": -0.9, "improve": -0.4, "improved": -0.4, "quicker": -0.5, "faster": -0.5, "sooner": -0.5, "nowhere": -0.8,
    "rude": -2.2, "dirty": -1.8, "unhelpful": -1.8, "boring": -1.5, "calm": 1.3, "listened": 1.6, "polite": 1.9,
    "professional": 1.6, "quick": 1.2, "quickly": 1.2, "prompt": 1.4, "knowledgeable": 1.6,
    "peng": 2.0, "pouting": -1.8,
}  # fmt: skip


@cache
def _analyser() -> SentimentIntensityAnalyzer:
    analyser = SentimentIntensityAnalyzer()
    for code in [word for word in analyser.lexicon if word.isdigit() or word in UNCLEAR]:
        del analyser.lexicon[code]
    analyser.lexicon.update({word: weight for word, weight in FEEDBACK_WORDS.items() if word not in analyser.lexicon})
    return analyser


def figures_of(texts: Sequence[str]) -> NDArray[np.float64]:
    """Four figures of the word list for each answer, shape (n_answers, 4): overall (-1 to 1), and three shares.

    Source: Hutto & Gilbert (2014), VADER, ICWSM, 216-225, with words of wishing and waiting added, since feedback says
    "more buses" where a review says "bad buses".
    """
    known: dict[str, list[float]] = {}
    for text in texts:
        if text not in known:
            scores = _analyser().polarity_scores(text[:LONGEST])
            known[text] = [float(scores[figure]) for figure in FIGURES]
    return np.array([known[text] for text in texts], dtype=np.float64).reshape(len(texts), len(FIGURES))


def can_read(text: str) -> bool:
    """Whether a list of English words can say anything about an answer: it says something, and in Latin letters."""
    letters = [letter for letter in text[:LONGEST] if letter.isalpha()]
    latin = sum(letter < "ɐ" for letter in letters)  # up to the last accented letter of Latin
    return not says_nothing(text) and latin >= LETTERS * len(letters)


def moods_of(figures: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shares of the four moods, shape (n_answers, 4), rows sum to 1."""
    overall, good, bad = figures[:, 0], figures[:, 1], figures[:, 2]
    ratio = np.minimum(good, bad) / np.maximum(np.maximum(good, bad), 1e-9)
    mixed = np.where(ratio > 0, 1 / (1 + np.exp(-12 * (ratio - BOTH))), 0.0)
    silent = np.where(good + bad > 0, 0.0, 1.0)
    up = 1 / (1 + np.exp(-8 * overall))
    rest = (1 - mixed) * (1 - silent)
    neutral = silent + rest * np.exp(-((overall / STRONG) ** 2)) / 2
    sides = rest - (neutral - silent)
    shares = np.column_stack([sides * up, mixed * (1 - silent), neutral, sides * (1 - up)])
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))
