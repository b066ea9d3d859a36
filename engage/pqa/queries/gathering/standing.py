"""What stands on the day a pack is made: what the panel has to decide, actions by agency, forums."""

from collections.abc import Iterator
from datetime import date, timedelta

from engage.analysis.queries.quarters import HeldForum
from engage.pqa.rules.pack.records import ActionLine, AgencyActions, Came, ForumHeld, Needed, Suppressed
from engage.pqa.rules.rag import Colour, standing
from engage.youwesaid.queries.panel import PanelAction, PanelConcern

LOOK_AHEAD = timedelta(days=90)  # a "we can't" is looked at again at the meeting before its day
WORST_FIRST = list(Colour)
CONCERNS, ACTIONS = "/desk/concerns/", "/desk/actions/"


def needed(concerns: list[PanelConcern], actions: list[PanelAction], *, today: date) -> Iterator[Needed]:
    """What the loop itself asks the panel to decide, by kind, the oldest first."""
    for one in concerns:
        found = _about(one, today)
        if found:
            yield Needed(one.title, *found, f"{CONCERNS}{one.id}")
    for action in actions:
        if action.state == "done_claimed":
            why = f"{action.agency} says it is done: somebody of another agency looks"
            yield Needed(action.what, why, action.claimed_on, f"{ACTIONS}{action.id}")


def _about(one: PanelConcern, today: date) -> tuple[str, date | None] | None:
    if one.state == "proposed":
        return "Agree that we have heard this, or say why not", one.said_on
    if one.shown == "late":
        return "We owe an answer: answer it, or promise a new day and say why", one.promised_on
    if one.state == "cannot" and one.look_again_on and one.look_again_on <= today + LOOK_AHEAD:
        return f"We said we can't: look at it again by {one.look_again_on:%-d %B %Y}", None
    return None


def by_agency(actions: list[PanelAction], *, today: date) -> tuple[AgencyActions, ...]:
    """The actions of each agency with their colours, computed from days and evidence."""
    found: dict[str, list[ActionLine]] = {}
    for one in actions:
        at = standing(one.state, one.due_on, today=today)
        line = ActionLine(one.what, one.concern, at.colour, at.why, one.due_on)
        found.setdefault(one.agency, []).append(line)
    return tuple(_agency(name, lines) for name, lines in sorted(found.items()))


def _agency(name: str, lines: list[ActionLine]) -> AgencyActions:
    colours = [line.colour for line in lines]
    ordered = sorted(lines, key=lambda line: WORST_FIRST.index(Colour(line.colour)))
    shown = tuple(line for line in ordered if line.colour != Colour.GREEN)
    return AgencyActions(
        name, colours.count(Colour.RED), colours.count(Colour.AMBER), colours.count(Colour.GREEN), shown
    )


def forum(one: HeldForum) -> ForumHeld:
    """A forum as a pack says it."""
    came = tuple(Came(by.who, by.signed_up.text, by.attended.text) for by in one.came)
    return ForumHeld(one.theme, one.met_on, came, one.happened)


def suppressed_at(one: HeldForum) -> Iterator[Suppressed]:
    """How many figures of a forum were hidden."""
    cells = [cell for by in one.came for cell in (by.signed_up, by.attended)]
    if cells:
        yield Suppressed(f"{one.theme}: who came", sum(cell.hidden for cell in cells), len(cells), "under 8")
