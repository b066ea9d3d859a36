"""What every method reads: a list of answers, each of them a text."""

from collections.abc import Iterable

from sklearn.base import BaseEstimator
from sklearn.utils import Tags
from typing_extensions import override


class ReadsAnswers(BaseEstimator):  # type: ignore[misc]  # the library has no types
    """A learner whose samples are texts, as its tags tell scikit-learn."""

    @override
    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.string, tags.input_tags.two_d_array, tags.no_validation = True, False, True
        return tags


def as_answers(texts: Iterable[object]) -> list[str]:
    """Take answers as a list, and nothing else for an answer than a text.

    Parameters
    ----------
    texts : iterable of str
        What people wrote, one text for each answer.

    Returns
    -------
    answers : list of str

    Raises
    ------
    TypeError
        If `texts` is one text, whose letters would be read as answers, or holds something that is no text.

    Examples
    --------
    >>> as_answers(("late bus", "dark park"))
    ['late bus', 'dark park']
    """
    if isinstance(texts, str):
        raise TypeError("Give a list of answers: this is one text, and its letters would be read as answers")
    answers: list[str] = []
    for place, answer in enumerate(texts):
        if not isinstance(answer, str):
            kind = type(answer).__name__
            raise TypeError(f"Every answer must be a text, and number {place} is {kind}: leave out what was not said")
        answers.append(answer)
    return answers
