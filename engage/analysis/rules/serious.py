"""Small but serious: which answers say that somebody is not safe, and how sure a figure is, in words; no database."""

from collections.abc import Iterator
from dataclasses import dataclass

from engage.analysis.method.proportions import wilson
from engage.surveys.rules.definition import Definition, Item
from engage.surveys.rules.items import WRITTEN

SAFE = "safe_"
ALMOST_SURE = 0.01
FEW_ANSWERS = 5  # with fewer, hardly anything sets what some write apart
REASONS = {
    "act": "To see what has to be done for those who are not safe",
    "panel": "To prepare what the panel is told, in protected figures",
    "asked": "A partner or the police asked about it",
    "check": "I am checking how we did",
}
HOW_SURE = {True: "hardly by chance", False: "unlikely by chance"}


@dataclass(frozen=True)
class Few:
    """A question, and the options of it that say "not safe"."""

    item: Item
    options: tuple[str, ...]


def few(definition: Definition) -> Iterator[Few]:
    """The questions whose answers can say that somebody is not safe, in their order.

    Those after which a page offers support, by the options for which it does; and how safe one feels somewhere, by the
    options that lead to "what makes you feel unsafe?".
    """
    for item in definition.items:
        options = _alarming(definition, item)
        if options:
            yield Few(item, options)


def asked_of_all(definition: Definition) -> tuple[str, ...]:
    """The boxes that everybody is asked: only there can what some write be compared with the rest."""
    return tuple(item.code for item in definition.items if item.kind in WRITTEN and item.show_if is None)


def share_words(count: int, base: int) -> str:
    """Say a true count with how far it carries; for the restricted page only."""
    if not base:
        return "Nobody answered this question."
    if not count:
        most = wilson(0, base).high or 0.0
        return f"None of the {base} who answered. With so many asked, up to {100 * most:.1f} in 100 could still be."
    found = wilson(count, base)
    range_words = (
        f"likely between {100 * found.low:.1f} and {100 * (found.high or 1.0):.1f} in 100 young people like them"
    )
    return f"{count} of the {base} who answered: {range_words}."


def sure_words(q: float) -> str:
    """Say how sure it is that a word sets the few apart."""
    return HOW_SURE[q <= ALMOST_SURE]


def _alarming(definition: Definition, item: Item) -> tuple[str, ...]:
    if item.sensitive and item.support_when is not None:
        tests = item.support_when.tests()
    elif item.code.startswith(SAFE) and item.options:
        tests = (one for other in definition.items if other.show_if for one in other.show_if.tests())
    else:
        return ()
    return tuple(dict.fromkeys(value for one in tests if one.item == item.code for value in one.values))
