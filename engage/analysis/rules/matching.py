"""Which found theme is one that is known already, by the answers they share."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

SAME_ANSWERS = 0.4  # of the answers of both together, as twice what is shared over the sum of both (Dice)
INSIDE = 0.6  # of a found theme's answers, to join a theme that took in others before


Origin = tuple[int | None, int | None]  # the wave, or the source, that something was said in


def may_join(here: Origin, origins: Collection[Origin], *, partners: Collection[int]) -> bool:
    """Say whether what is found here may be a theme from there: no import mixes with young people's own by itself.

    What a partner sent (its source is among `partners`) joins a theme that it began, or that a person put it into.
    What young people said to us joins any theme but one that only partners began.
    """
    if here[1] in partners:
        return here in origins
    return not origins or any(source not in partners for _wave, source in origins)


@dataclass(frozen=True)
class Known:
    """A theme of the code frame: the answers here that hold it, and whether others were merged into it."""

    id: int
    answers: frozenset[bytes]
    took_in: bool = False


def match(found: Sequence[frozenset[bytes]], known: Iterable[Known]) -> dict[int, int]:
    """Give for each found theme (its answers), by its place, the id of the known one it is; new ones are left out.

    The surest pairs first; a known theme is found once, unless others were merged into it.
    """
    pairs = sorted(
        (-score, place, theme.id, theme.took_in)
        for place, answers in enumerate(found)
        for theme in known
        if (score := _likeness(answers, theme)) > 0
    )
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, place, theme_id, took_in in pairs:
        if place not in matched and (took_in or theme_id not in taken):
            matched[place] = theme_id
            taken.add(theme_id)
    return matched


def named(words: Sequence[str], phrases: Sequence[str]) -> str:
    """A first name for a found theme, from the words that mark it, until a person gives it a better one."""
    first = set(words[:4])
    plain = [phrase for phrase in phrases if len(set(phrase.split())) == len(phrase.split())]  # "sorry sorry" says less
    telling = [phrase for phrase in plain if set(phrase.split()) <= first]
    said: list[str] = []
    for part in dict.fromkeys([*telling[:1], *words, *plain]):
        if not any(part in other or other in part for other in said):
            said.append(part)
    name = ", ".join(said[:3])
    return (name[:1].upper() + name[1:])[:110] or "Theme without words"


def _likeness(answers: frozenset[bytes], theme: Known) -> float:
    shared = len(answers & theme.answers)
    alike = 2 * shared / ((len(answers) + len(theme.answers)) or 1)
    inside = shared / (len(answers) or 1)
    if theme.took_in and inside >= INSIDE:
        return max(alike, inside)
    return alike if alike >= SAME_ANSWERS else 0.0


def by_theme(codings: Iterable[tuple[bytes, int]]) -> Mapping[int, frozenset[bytes]]:
    """Group (answer, theme) by theme."""
    found: dict[int, set[bytes]] = {}
    for key, theme_id in codings:
        found.setdefault(theme_id, set()).add(key)
    return {theme_id: frozenset(keys) for theme_id, keys in found.items()}
