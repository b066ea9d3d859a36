"""The statement of limits: written from the settings of the waves that a pack rests on; no database."""

from collections.abc import Iterator, Sequence

from engage.analysis.method.records import Rule
from engage.pqa.rules.pack.records import Emerging, Source, Suppressed
from engage.pqa.rules.rag import RULE

MODES = {
    "private": "nobody can know who answered",
    "known": "a named worker reads the answers, which changes what people write",
}


def limits(
    sources: Sequence[Source],
    emerging: Sequence[Emerging],
    suppressed: Sequence[Suppressed],
    *,
    not_frozen: Sequence[str],
) -> tuple[str, ...]:
    """Say what the figures of a pack can and cannot carry."""
    return tuple(_sentences(sources, emerging, suppressed, not_frozen))


def _sentences(
    sources: Sequence[Source], emerging: Sequence[Emerging], suppressed: Sequence[Suppressed], not_frozen: Sequence[str]
) -> Iterator[str]:
    rule = Rule()
    for one in sources:
        yield (
            f"{one.title}: {one.responses} responses; {MODES.get(one.mode, one.mode)}; counts under {one.minimum} are "
            f"hidden (*), the others are to the nearest {rule.rounding}."
        )
    for title in not_frozen:
        yield f"{title} has closed, but its results are not frozen yet: it is not in this pack."
    if sources:
        yield (
            f"Percentages come from rounded counts and stand only on {rule.base_staff} people or more. Ranges (95 %, "
            "Wilson) say how far chance goes among those who answered; they cannot say what those who did not answer "
            "think, because nobody was drawn by lot."
        )
        yield "A change is named only when it stands against the whole family of questions asked of that wave."
    hidden = sum(one.hidden for one in suppressed)
    figures = sum(one.figures for one in suppressed)
    if figures:
        yield f"{hidden} of {figures} figures behind this pack are hidden; the log below says where and why."
    withheld = sum(one.withheld for one in emerging)
    if withheld:
        yield f"{withheld} rises of few or of worrying answers are seen by the team that reads answers only."
    yield "The few who do not feel safe are on a restricted page; no count of them is in this pack."
    yield "Concerns about an agency that are not released to it, and their actions, are left out of every figure here."
    yield f"Colours of actions are computed on the day the pack is made. {RULE}"


def no_wave_words(title: str, day: str) -> str:
    """Say that nothing was asked in the period, and what was last."""
    return f"No wave closed in these months, so there is no new figure. The last was {title}, which closed on {day}."
