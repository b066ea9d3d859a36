"""The estimator: texts in, themes out."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import NotFittedError

from engage.analysis.method.answers import ReadsAnswers, as_answers
from engage.analysis.method.records import Theme
from engage.analysis.method.themes import describing, grouping
from engage.analysis.method.themes.space import CHUNK, Place, Space
from engage.analysis.method.themes.words import Stems, key_of

MOST_LEARNT = 8_000
NOTHING_SAID = -1


class ThemeFinder(ReadsAnswers):
    """Find the themes of many short answers to one question.

    Answers are cut to their words, copies are read once, and stock ways to say nothing are set aside. The rest is
    placed by words and by parts of words (TF-IDF, latent directions at three grains) and grouped by angle: k-means,
    from Ward starts unless groups are crowded. The same answers always give the same themes.

    Parameters
    ----------
    n_themes : int >= 1 or "auto"
        How many themes to look for. "auto" goes on splitting while doubling the number takes at least a quarter off the
        spread inside themes.
    random_state : int
        Seed of every choice made by chance.
    language : str
        Code of the main language ("en"): its small words are ignored and its word forms joined. Other languages may be
        mixed in; they are grouped by their own words.
    meaning : callable, sequence of n str -> array of shape (n, n_directions), optional
        Places answers by what they mean (`meaning.Meaning(...).place`), beside their words and never instead of them.

    Attributes
    ----------
    labels_ : array of int, shape (n_answers,)
        Theme of each answer; -1 for "nothing to say", and for nothing else.
    themes_ : list of Theme
        Largest first; empty if nobody said anything. Sizes are true counts and must be protected before they are shown.
    stability_ : float, 0 to 1
        How alike the themes come out when half of the answers are left out (adjusted Rand index).

    Notes
    -----
    Sources: Deerwester et al. (1990), J. Am. Soc. Inf. Sci. 41, 391-407 (latent directions); Dhillon & Modha (2001),
    Machine Learning 42, 143-175 (grouping by angle); Ward (1963), J. Am. Stat. Assoc. 58, 236-244 (starts).

    Examples
    --------
    >>> answers = ["The bus never comes", "bus is late", "Late bus again", "More youth clubs", "a youth club", "n/a"]
    >>> found = ThemeFinder(n_themes=2).fit(answers)
    >>> found.labels_.tolist()
    [0, 0, 0, 1, 1, -1]
    >>> found.transform(["youth clubs please", "nothing"]).tolist()
    [1, -1]
    """

    def __init__(
        self,
        n_themes: int | Literal["auto"] = "auto",
        random_state: int = 0,
        *,
        language: str = "en",
        meaning: Place | None = None,
    ) -> None:
        self.n_themes = n_themes
        self.random_state = random_state
        self.language = language
        self.meaning = meaning

    def fit(self, texts: Sequence[str], y: None = None) -> "ThemeFinder":  # noqa: ARG002 (scikit-learn's signature)
        """Find the themes.

        Parameters
        ----------
        texts : sequence of str, length n_answers
            Answers as typed, to one question.
        y : None
            Not used; scikit-learn's signature.

        Returns
        -------
        self : ThemeFinder

        Raises
        ------
        ValueError
            If there are no answers, or fewer different ones than themes asked for.

        Examples
        --------
        >>> ThemeFinder().fit(["none", "N/A"]).themes_
        []
        """
        texts = as_answers(texts)
        if not texts:
            raise ValueError("There are no answers to find themes in: give at least one")
        keys = [key_of(text) for text in texts]
        different = [key for key in dict.fromkeys(keys) if key is not None]
        self._check(len(different))
        self._themes: dict[str, int] = {}
        self.themes_: list[Theme] = []
        self.stability_ = 1.0
        some = self._some(different)
        if some:
            self._learn(some)
        self.labels_ = self._label(keys)
        if some:
            self._describe(texts, keys, some)
        return self

    def _some(self, keys: list[str]) -> list[str]:
        if len(keys) <= MOST_LEARNT:
            return keys
        chance = np.random.default_rng(self.random_state)
        return [keys[place] for place in np.sort(chance.choice(len(keys), MOST_LEARNT, replace=False))]

    def _check(self, n_keys: int) -> None:
        asked = self.n_themes
        if asked != "auto" and (not isinstance(asked, int) or asked < 1):
            raise ValueError(f'n_themes must be a whole number from 1, or "auto", got {asked!r}')
        if asked != "auto" and 0 < n_keys < asked:
            raise ValueError(
                f"{asked} themes need at least {asked} different answers that say something, and there are {n_keys}"
            )

    def _learn(self, keys: list[str]) -> None:
        self._stems = Stems(self.language)
        self._stems.learn(keys)
        self._space = Space(self._stems, self.random_state, self.meaning).fit(keys)
        points = self._space.place(keys)
        points = points[np.abs(points).sum(axis=1) > 0]
        self._group(points if len(points) else np.eye(1, self._space.place(keys[:1]).shape[1]))

    def _group(self, points: NDArray[np.float64]) -> None:
        asked = self.n_themes
        number = grouping.how_many(points, seed=self.random_state) if asked == "auto" else min(asked, len(points))
        middles = grouping.group(points, number, seed=self.random_state)
        labels = grouping.nearest(points, middles)
        order = np.argsort(grouping.by_size(labels, number))
        self._middles = middles[order]
        labels = grouping.nearest(points, self._middles)
        self._each, self.stability_ = grouping.stability(points, labels, number, seed=self.random_state)

    def transform(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Say which theme each answer belongs to.

        Parameters
        ----------
        texts : sequence of str, length n_answers
            Answers seen before or new.

        Returns
        -------
        labels : array of int, shape (n_answers,)
            The nearest theme, or -1 for "nothing to say". New answers that share no word with any theme go to the
            largest one.

        Raises
        ------
        NotFittedError
            If no themes were found yet.

        Examples
        --------
        >>> finder = ThemeFinder(n_themes=1).fit(["the park is dark", "dark park"])
        >>> finder.transform(["dark", "?"]).tolist()
        [0, -1]
        """
        if not hasattr(self, "themes_"):
            raise NotFittedError("No themes are found yet: call fit with answers first")
        return self._label([key_of(text) for text in as_answers(texts)])

    def _label(self, keys: Sequence[str | None]) -> NDArray[np.int64]:
        new = [key for key in dict.fromkeys(keys) if key is not None and key not in self._themes]
        if new and hasattr(self, "_space"):
            found = np.concatenate([self._nearest(new[start : start + CHUNK]) for start in range(0, len(new), CHUNK)])
            self._themes |= dict(zip(new, found.tolist(), strict=True))
        return np.array([NOTHING_SAID if key is None else self._themes.get(key, 0) for key in keys], dtype=np.int64)

    def _nearest(self, keys: Sequence[str]) -> NDArray[np.int64]:
        return grouping.nearest(self._space.place(keys), self._middles)

    def _describe(self, texts: Sequence[str], keys: Sequence[str | None], some: list[str]) -> None:
        first = {key: place for place, key in reversed(list(enumerate(keys))) if key is not None}
        stems = [self._stems.read(key) for key in some]
        labels = np.array([self._themes[key] for key in some])
        words = describing.telling_words(stems, labels, len(self._middles))
        points = self._space.place(some)
        for theme, middle in enumerate(self._middles):
            members = np.flatnonzero(labels == theme).tolist()
            if members:
                said = [stems[member] for member in members]
                chosen = describing.exemplars(said, points[members], middle, words[theme])
                places = tuple(first[some[members[place]]] for place in chosen)
                self.themes_.append(self._theme(theme, [some[one] for one in members], words[theme], places, texts))

    def _theme(
        self, theme: int, members: list[str], words: list[str], places: tuple[int, ...], texts: Sequence[str]
    ) -> Theme:
        pairs = describing.phrases(members, self._stems)
        own = [pair for pair in pairs if any(self._stems.stem(word) in words for word in pair.split())]
        return Theme(
            id=theme,
            words=describing.spelled(words, self._stems),
            phrases=tuple(own[: describing.N_PHRASES]),
            exemplars=tuple(texts[place] for place in places),
            size=int((self.labels_ == theme).sum()),
            stability=round(float(self._each[theme]), 3),
            places=places,
        )
