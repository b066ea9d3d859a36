"""Find texts by a few typed words: whole words, beginnings, endings and one slip of the finger all count."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

MOST_WORDS = 8  # of what is typed; nobody needs more to find one of some hundred pages
STEM = 4  # letters that a word must share before its ending may differ
ENDING = 3  # letters of an ending: lights and lighting, autobus and autobusem
SLIP_FROM = 5  # letters from which one slip is forgiven; shorter words have too many neighbours
TITLE = 3  # a word of the title says more than a word of the text
ALIKE = str.maketrans(
    {
        "ł": "l",
        "đ": "d",
        "ø": "o",
        "ß": "s",
        "ى": "ي",
        "ة": "ه",
        "ـ": "",
        "'": "",
        "\N{RIGHT SINGLE QUOTATION MARK}": "",
    }
)
ARTICLE = re.compile(r"^(?:[وفبك]?ال|لل)(?=\w{2})")  # and what is written in one with it: and, so, in, like, for


def found(asked: str, texts: Sequence[tuple[str, str]]) -> list[int]:
    """Give the places of the texts, each a title and a body, that hold at least half of the words; the best first."""
    wanted = words_of(asked)[:MOST_WORDS]
    scored = [(_score(wanted, words_of(title), words_of(body)), place) for place, (title, body) in enumerate(texts)]
    return [place for score, place in sorted(scored, key=lambda one: (-one[0], one[1])) if score]


@lru_cache(maxsize=2048)
def words_of(text: str) -> tuple[str, ...]:
    """Give the different words of a text without capitals, accents, apostrophes and the Arabic article."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(ALIKE))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(dict.fromkeys(ARTICLE.sub("", word) for word in re.findall(r"\w+", bare)))


def _score(wanted: tuple[str, ...], title: tuple[str, ...], body: tuple[str, ...]) -> int:
    """Count the words that are there, those of the title for more; nothing where fewer than half are there."""
    points = [TITLE * _is_in(word, title) or _is_in(word, body) for word in wanted]
    return sum(points) if wanted and 2 * sum(map(bool, points)) >= len(wanted) else 0


def _is_in(word: str, text: tuple[str, ...]) -> int:
    return int(any(_alike(word, other) for other in text))


def _alike(asked: str, said: str) -> bool:
    same = next((n for n, (a, b) in enumerate(zip(asked, said, strict=False)) if a != b), min(len(asked), len(said)))
    left, other_left = asked[same:], said[same:]
    if not left:
        return len(asked) > 1 or not other_left
    if same >= STEM and (not other_left or (same >= SLIP_FROM and max(len(left), len(other_left)) <= ENDING)):
        return True
    return same > 0 and min(len(asked), len(said)) >= SLIP_FROM and _one_slip(left, other_left)


def _one_slip(rest: str, other: str) -> bool:
    """Say whether one letter more, less, other or swapped makes the one rest of a word the other."""
    swapped = rest[1::-1] + rest[2:]
    return rest[1:] in (other, other[1:]) or rest == other[1:] or swapped == other
