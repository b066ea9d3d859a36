"""The parts a survey is paged by without script: one section a page, and one page to send at the end."""

from collections.abc import Collection, Sequence

from engage.surveys.rules.definition import Definition


def last_part(definition: Definition) -> int:
    """The number of the page that sends: one after the last section."""
    return len(definition.sections)


def part_of(definition: Definition, code: str) -> int:
    """The number of the section that holds an item; 0 where none does."""
    holding = (n for n, section in enumerate(definition.sections) if any(item.code == code for item in section.items))
    return next(holding, 0)


def cards_of(definition: Definition, part: int, codes: Sequence[str]) -> list[str]:
    """The codes of the cards of one part that are on the path `codes`."""
    if part >= last_part(definition):
        return []
    inside = {item.code for item in definition.sections[part].items}
    return [code for code in codes if code in inside]


def next_part(definition: Definition, part: int, codes: Sequence[str], *, shown: Collection[str]) -> int:
    """The part after this one that has a card; the same one again when answers opened a card not `shown` yet."""
    if set(cards_of(definition, part, codes)) - set(shown):
        return part
    after = (n for n in range(part + 1, last_part(definition)) if cards_of(definition, n, codes))
    return next(after, last_part(definition))


def part_before(definition: Definition, part: int, codes: Sequence[str]) -> int:
    """The nearest part before this one that has a card."""
    before = (n for n in range(min(part, last_part(definition)) - 1, -1, -1) if cards_of(definition, n, codes))
    return next(before, 0)
