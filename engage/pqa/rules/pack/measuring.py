"""Put the scoreboard of the loop into a pack's lines: the same figures as on its own page; no database."""

from collections.abc import Iterator

from engage.analysis.method.records import KaplanMeier, Proportion
from engage.pqa.rules.pack.records import Measure
from engage.youwesaid.rules.loop import FEWEST_ALERTS, NotHeard, Scoreboard, in_units, says_percent

NONE_YET = "–"
NOT_HEARD = "Groups not heard, or half as often as others"


def measures(board: Scoreboard) -> Iterator[Measure]:
    """Give each measure with what it rests on, in the order of the scoreboard."""
    yield Measure("Public concerns with an answer", f"{board.answered} of {board.concerns}", f"{len(board.late)} late")
    yield _share("Answered by the day promised first", board.kept, "of what is due or answered")
    yield _wait("From said to answered", board.to_answer)
    yield _wait("From said to did", board.to_do)
    longest = board.longest
    yield Measure(
        "The longest wait for an answer", _days(board.longest_open), longest.title if longest else "none waits"
    )
    yield _share("Answers are “we can't”", board.cannot, "of the answered")
    yield _share("Done, and young people say it's better", board.felt, "of the done")
    yield Measure("The oldest answer nobody has read", _days(board.unread_days), "written answers of every wave")
    yield _alerts(board.alerts_read_in)
    yield _share("Themes answered or noted, because", board.themes, "of those in use")
    yield _not_heard(board.not_heard)


def _share(name: str, part: Proportion | None, of: str) -> Measure:
    if part is None:
        return Measure(name, NONE_YET, f"{of}: none yet")
    if not says_percent(part, public=False):
        return Measure(name, f"{part.count} of {part.base}", f"{of}; too few for a percentage")
    low, high = part.likely
    return Measure(name, f"{part.count} of {part.base}", f"{of}: {part.percent}%, likely {low} to {high}%")


def _wait(name: str, found: KaplanMeier | None) -> Measure:
    if found is None:
        return Measure(name, NONE_YET, "nothing yet")
    counted = f"{found.happened} did, {found.still_open} still open, all counted (Kaplan-Meier)"
    if found.median is None:
        return Measure(name, NONE_YET, f"more than half still open; {counted}")
    return Measure(name, f"{_days(int(found.median))}, median", f"{_range(found)}{counted}")


def _range(found: KaplanMeier) -> str:
    if found.interval is None:
        return ""
    top = ", no top yet" if found.interval.high is None else f" to {int(found.interval.high)}"
    return f"likely from {int(found.interval.low)}{top}; "


def _alerts(minutes: int | None) -> Measure:
    name = "Within which 95 of 100 alerts were read"
    if minutes is None:
        return Measure(name, NONE_YET, f"fewer than {FEWEST_ALERTS} alerts, too few to say")
    number, unit = in_units(minutes)
    return Measure(name, f"{number} {unit}", f"rests on at least {FEWEST_ALERTS} alerts")


def _not_heard(found: NotHeard | None) -> Measure:
    if found is None:
        return Measure(NOT_HEARD, NONE_YET, "not known yet: no results, or no numbers of who lives here")
    who = ", ".join(found.groups) or "none"
    return Measure(NOT_HEARD, f"{len(found.groups)} of {found.of}", f"{who}; {found.wave}, against who lives here")


def _days(number: int | None) -> str:
    if number is None:
        return NONE_YET
    return f"{number} {'day' if number == 1 else 'days'}"
