"""What speaks for a suggestion, and which answers say something that can be coded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engage.analysis.method.records import Suggestion
from engage.analysis.method.themes import same_words
from engage.analysis.method.themes.words import Stems, says_nothing
from engage.analysis.queries.learning import Lesson, Told

Reasons = list[tuple[str, float]]


@dataclass(frozen=True)
class Heard:
    """The telling words (stems) of the answers that hold each theme, and of all that is longer than one word."""

    of_theme: dict[int, frozenset[str]]
    anywhere: frozenset[str]

    def says_something(self, lesson: Lesson) -> bool:
        """Say whether an answer is neither a stock answer nor a single word that nobody else here used."""
        said = stems_of(lesson.words, lesson.language)
        alone = len(same_words(lesson.words).split()) == 1
        return not says_nothing(lesson.words) and not (alone and self.anywhere.isdisjoint(said))

    def reasons(self, suggestion: Suggestion, lesson: Lesson, theme_id: int) -> Reasons:
        """What explains a suggestion to a person: no small word, and none that no answer of the theme has."""
        known = self.of_theme.get(theme_id, frozenset())
        return [one for one in suggestion.reasons if known & stems_of(one[0], lesson.language)]


def hear(every: Sequence[Lesson], frame: Iterable[Told]) -> Heard:
    """Gather the words of what people coded, and what the frame says of each theme."""
    of_theme = {one.theme_id: set(stems_of(one.words, "en")) for one in frame}
    anywhere = set().union(*of_theme.values())
    for lesson in every:
        stems = stems_of(lesson.words, lesson.language)
        if len(same_words(lesson.words).split()) > 1:
            anywhere |= stems
        for theme_id in lesson.themes:
            of_theme.setdefault(theme_id, set()).update(stems)
    return Heard({theme_id: frozenset(stems) for theme_id, stems in of_theme.items()}, frozenset(anywhere))


def stems_of(words: str, language: str) -> frozenset[str]:
    """The telling words of an answer in one form each; a word that only laughs ("lol") tells nothing."""
    stems = Stems(language)
    return frozenset(
        stems.stem(word)
        for word in same_words(words).split()
        if not stems.is_small(word) and not word.isdecimal() and not says_nothing(word)
    )
