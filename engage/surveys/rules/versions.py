"""A survey's version, from draft to retired, and what changes from one version to the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engage.shared.errors import NotOpen
from engage.shared.states import Move, States
from engage.surveys.rules.definition import Definition, Item
from engage.surveys.rules.sentences import name_of

VOICE = frozenset({"voice"})
VERSION = States(
    "survey version",
    ("draft", "published", "retired"),
    (
        Move("publish", ("draft",), "published", VOICE, "Publish it", "faults"),
        Move("retire", ("published",), "retired", VOICE, "Retire it", "check_may_retire"),
    ),
)
STATE_NAMES = {"draft": "Draft", "published": "Published", "retired": "Retired"}


def state_of(retired_on: date | None) -> str:
    """The state of a version that was published."""
    return "retired" if retired_on else "published"


def check_may_retire(open_waves: int) -> None:
    """Raise `NotOpen` while young people may still answer it."""
    if open_waves:
        raise NotOpen("A wave that is open or paused asks this version. Close it first")


@dataclass(frozen=True)
class Changed:
    """One line of the mapping from a version to the next: what happened to which item or option, in words."""

    what: str  # "added", "removed", "renamed", "moved" or "asked differently"
    name: str
    words: str


def changes(before: Definition, after: Definition) -> list[Changed]:
    """The mapping: codes carry answers from one version to the next, whatever their words."""
    found = [Changed("removed", name_of(item), GONE) for item in before.items if item.code not in after.by_code]
    for item in after.items:
        old = before.by_code.get(item.code)
        found += [Changed("added", name_of(item), NEW)] if old is None else _changes_of(old, item)
    return found


GONE = "Not asked any more. What was answered stays with the waves that asked it."
NEW = "Asked from now on. Earlier waves have no answers to it."


def _changes_of(old: Item, new: Item) -> Iterator[Changed]:
    name = name_of(new)
    if old.words.in_("en") != new.words.in_("en"):
        words = f"It was “{old.words.in_('en')}”. Years are compared only where the words are the same."
        yield Changed("renamed", name, words)
    if old.kind is not new.kind:
        yield Changed("asked differently", name, "It is another kind of question now: nothing compares the two.")
    was, now = _options(old), _options(new)
    for code, words in was.items():
        if code not in now:
            yield Changed("removed", name, f"The option “{words}” is gone. Whoever chose it counts in earlier waves.")
        elif now[code] != words:
            yield Changed("renamed", name, f"The option “{words}” says “{now[code]}” now, and counts as the same.")
    new_codes = [code for code in now if code not in was]
    yield from (Changed("added", name, f"The option “{now[code]}” is new.") for code in new_codes)


def _options(item: Item) -> dict[str, str]:
    return {option.code: option.words.in_("en") for option in item.options}
