"""The panel's pack of the last survey's quarter, with what was decided on it and challenged, each on its own day."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from engage.accounts.rules import Person
from engage.demo.material import material, on
from engage.demo.people import Cast
from engage.demo.story import Act
from engage.pqa.actions import decisions, pack
from engage.pqa.queries.decisions import challenges
from engage.pqa.queries.packs import asked_for
from engage.pqa.rules.decisions import NewDecision
from engage.pqa.rules.pack.states import NewPage
from engage.pqa.rules.quarters import Quarter, quarter_of

PARTNERSHIP = "Barnet Safeguarding Children Partnership (invented figures)"
Entry = Mapping[str, Any]


def acts(cast: Cast, *, today: date) -> Iterator[Act]:
    """What happens around the pack, to be told among the steps of the story."""
    found = material("pack")
    quarter = quarter_of(on(today, found["closed"]))
    pack.set_meeting(quarter, on(today, found["meets"]))
    for entry, tell in _entries(found):
        day = on(today, entry["day"])
        yield Act(day, partial(tell, quarter, entry, cast.people[entry["by"]], day))
    yield from _decided(quarter, found["decisions"], cast, today)
    yield from _challenged(quarter, found["challenges"], cast, today)


def _entries(found: Mapping[str, Any]) -> Iterable[tuple[Entry, Any]]:
    return [
        (found["page"], _write),
        *((entry, _ask) for entry in found["asks"]),
        (found["made"], _make),
        (found["issued"], _issue),
    ]


def _write(quarter: Quarter, entry: Entry, by: Person, day: date) -> None:
    pack.write_page(quarter, NewPage(entry["title"], entry["words"], entry["ask"]), by=by, today=day)


def _ask(quarter: Quarter, entry: Entry, by: Person, day: date) -> None:
    pack.ask_panel(quarter, words=entry["words"], why=entry["why"], by=by, today=day)


def _make(quarter: Quarter, _entry: Entry, by: Person, day: date) -> None:
    pack.make(quarter, partnership=PARTNERSHIP, by=by, today=day)


def _issue(quarter: Quarter, _entry: Entry, by: Person, day: date) -> None:
    pack.issue(quarter, 1, by=by, today=day)


def _decided(quarter: Quarter, entries: Iterable[Entry], cast: Cast, today: date) -> Iterator[Act]:
    for entry in entries:
        yield Act(on(today, entry["day"]), partial(_decide, quarter, entry, cast, today))


def _decide(quarter: Quarter, entry: Entry, cast: Cast, today: date) -> None:
    asked = [one.id for one in asked_for(quarter)]
    owner = cast.people[entry["owner"]]
    new = NewDecision(
        entry["words"], entry["views_changed"], owner.id, on(today, entry["due"]),
        asked[entry["asked"]] if "asked" in entry else None,
    )  # fmt: skip
    decision_id = decisions.decide(quarter, new, by=cast.people[entry["by"]], today=on(today, entry["day"]))
    done = entry.get("done")
    if done:
        decisions.finish(decision_id, came_of_it=done["came_of_it"], by=owner, today=on(today, done["day"]))


def _challenged(quarter: Quarter, entries: Iterable[Entry], cast: Cast, today: date) -> Iterator[Act]:
    for entry in entries:
        day = on(today, entry["day"])
        said = partial(decisions.challenge, quarter, words=entry["words"], by=cast.people[entry["by"]], today=day)
        yield Act(day, said)
        if "answer" in entry:
            answered_on = on(today, entry["answer"]["day"])
            yield Act(answered_on, partial(_answer, quarter, entry, cast, answered_on))


def _answer(quarter: Quarter, entry: Entry, cast: Cast, day: date) -> None:
    asked = next(one for one in challenges(today=day, quarter=quarter) if one.words == entry["words"])
    decisions.answer(asked.id, words=entry["answer"]["words"], by=cast.people[entry["answer"]["by"]], today=day)
