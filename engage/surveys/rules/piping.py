"""Say an earlier choice in the words of a later card: only choices, never what somebody wrote."""

from collections.abc import Iterator, Mapping, Sequence

from engage.surveys.rules.items import Item, Kind
from engage.surveys.rules.words import BrokenDefinition, Words

SAYABLE = frozenset(
    {Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE, Kind.YES_NO, Kind.YES_NO_NOT_SURE, Kind.PICTURE, Kind.DROPDOWN}
)

COMMA = {"ar": "، ", "fa": "، "}  # what stands between two choices; piping.js knows the same


def words_of(item: Item) -> Iterator[Words]:
    """The words of a card that may say an earlier choice."""
    yield from (words for words in (item.words, item.text, item.why, item.easy) if words)


def pipes_of(items: Sequence[Item], language: str) -> dict[tuple[str, str], None]:
    """Each earlier choice that some card says, with what stands there until then, once and in order."""
    pieces = (piece for item in items for words in words_of(item) for piece in words.pieces(language))
    return {piece: None for piece in pieces if piece[0]}


def spoken(item: Item, given: Sequence[str], *, language: str, otherwise: str) -> str:
    """What was chosen, in words; `otherwise` where nothing was, or only an answer that stands alone."""
    chosen = [option for option in item.options if option.code in given and option.code not in item.exclusive]
    return COMMA.get(language, ", ").join(option.words.in_(language) for option in chosen) or otherwise


def check_pipes(item: Item, asked: Mapping[str, Item]) -> None:
    """Raise `BrokenDefinition` where words say an item that is not asked before, or one that is no choice."""
    for words in words_of(item):
        for code in sorted(set().union(*(words.pipes(language) for language in words.languages))):
            if code not in asked or asked[code].kind not in SAYABLE:
                raise BrokenDefinition(f"{item.code}: its words say {code}, which is no choice made before it")


def pipes_lost(item: Item, languages: Sequence[str]) -> Iterator[str]:
    """The languages in which this item says other choices than in English."""
    for words in words_of(item):
        yield from (
            language
            for language in languages
            if language in words.languages and words.pipes(language) != words.pipes("en")
        )
