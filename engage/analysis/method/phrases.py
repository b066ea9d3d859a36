"""Which words and phrases stand in which answers, each counted once an answer."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from engage.analysis.method.themes.words import Stems, key_of, split, stop_words_of

DENIALS = frozenset({"not", "no", "never", "nobody", "without", "none", "cannot"})
SMALL_WORDS = (
    "a about after all also am an and any are as at be been being but by can could d did do does doing don "
    "for from get got had has have he her here hers him his how i if im in into is it its just like ll m me "
    "more much my of off on one or our out re really s she should so some t than that the their them then "
    "there these they this those to too up us ve very was we were what when where which who why will with would "
    "you your"
)  # English: short, so that "home", "alone" and "stop" stay; other languages take the list of `stop-words`
SMALL = frozenset(SMALL_WORDS.split())
FURTHEST = 2  # small words that may stand between the two words of a phrase
LETTERS = 2  # the fewest of a word in Latin letters


@dataclass(frozen=True)
class Phrases:
    """Words and pairs of words, and the answers they stand in.

    `stands_in` has shape (n_answers, n_phrases), ones and zeros; `names` says each phrase as most people wrote it;
    `says` tells, for each answer, whether it says anything ("n/a" and the like do not).
    """

    names: tuple[str, ...]
    stands_in: csc_array
    says: NDArray[np.bool_]

    def answers(self, phrase: int) -> NDArray[np.int64]:
        """Positions of the answers with a phrase."""
        return np.asarray(
            self.stands_in.indices[self.stands_in.indptr[phrase] : self.stands_in.indptr[phrase + 1]], dtype=np.int64
        )


def phrases_of(texts: Sequence[str], *, language: str = "en", fewest: int = 2) -> Phrases:
    """Find the words and phrases that several answers share.

    Parameters
    ----------
    texts : sequence of str, length n_answers
    language : str
        Code of the main language; its small words are no phrase of their own, and its word forms are joined.
    fewest : int >= 1, answers
        Phrases in fewer answers are left out.

    Returns
    -------
    phrases : Phrases

    Examples
    --------
    >>> found = phrases_of(["I don't feel safe at the bus stop", "bus stop is dark", "Bus stops", "n/a"])
    >>> found.names
    ('bus', 'stop', 'bus stop')
    >>> found.says.tolist()
    [True, True, True, False]
    """
    stems, keys = Stems(language), [key_of(text) for text in texts]
    small = small_words(language)
    where: dict[tuple[str, ...], list[int]] = {}
    written: dict[tuple[str, ...], Counter[str]] = {}
    for answer, key in enumerate(keys):
        for phrase, form in dict(_said(split(key or ""), stems, small)).items():
            where.setdefault(phrase, []).append(answer)
            written.setdefault(phrase, Counter())[form] += 1
    kept = [phrase for phrase, found in where.items() if len(found) >= fewest]
    kept.sort(key=len)
    return Phrases(
        names=tuple(written[phrase].most_common(1)[0][0] for phrase in kept),
        stands_in=_matrix([where[phrase] for phrase in kept], len(texts)),
        says=np.array([key is not None for key in keys], dtype=bool),
    )


def small_words(language: str) -> frozenset[str]:
    """Words that alone say nothing in a language.

    Parameters
    ----------
    language : str
        Code of the language.

    Returns
    -------
    small : frozenset of str

    Examples
    --------
    >>> "the" in small_words("en"), "home" in small_words("en")
    (True, False)
    """
    return SMALL if language == "en" else stop_words_of(language)


def _said(words: Sequence[str], stems: Stems, small: frozenset[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each word that is not small, and each pair of such words with at most two small ones between them."""
    before: tuple[str, int] | None = None
    for place, word in enumerate(words):
        denies = word in DENIALS
        if (word in small or word.isdigit() or (len(word) < LETTERS and word.isascii())) and not denies:
            continue
        stem = stems.stem(word)
        if not denies:
            yield (stem,), word
        if before and place - before[1] <= FURTHEST + 1 and not (denies and before[0] in DENIALS):
            yield (before[0], stem), " ".join(words[before[1] : place + 1])
        before = (stem, place)


def _matrix(where: Sequence[Sequence[int]], n_answers: int) -> csc_array:
    ends = np.cumsum([0, *(len(found) for found in where)], dtype=np.int32)
    rows = np.array([answer for found in where for answer in found], dtype=np.int32)
    return csc_array((np.ones(len(rows), dtype=np.float32), rows, ends), shape=(n_answers, len(where)))
