"""The two states of a pack's version, who may move it, and what may be made when; no database."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date

from engage.accounts.rules import Role
from engage.pqa.rules.pack.records import Body, YouthPage
from engage.shared.errors import NotAllowed, NotOpen, NotValid
from engage.shared.states import Move, States
from engage.shared.words import N_

PACK = States(
    "pack",
    ("made", "issued"),
    (Move("issue", ("made",), "issued", frozenset({Role.PQA}), N_("Issue it"), "young people's page is the last one"),),
)
MAKERS = frozenset({Role.PQA, Role.VOICE})
SECTIONS = {
    "decisions": "Decisions we need",
    "earlier": "What became of earlier decisions",
    "challenges": "Challenges without an answer",
    "changes": "What changed",
    "said": "What young people said",
    "few": "Small but serious",
    "emerging": "Emerging concerns",
    "scoreboard": "How the loop closes",
    "actions": "Actions by agency",
    "youth": "Young people's page",
    "forums": "Forums",
    "pulse": "Practitioner pulse",
    "limits": "Limits",
    "suppressed": "What was hidden, and why",
    "sources": "What this pack rests on",
}


@dataclass(frozen=True)
class Correction:
    """Why an issued pack is made anew."""

    reason: str


@dataclass(frozen=True)
class NewPage:
    """What ambassadors write for the panel."""

    title: str
    words: str
    ask: str


def check_may_make(*, issued: bool, correction: Correction | None) -> None:
    """Raise `NotOpen` for a second pack of a quarter, `NotValid` for a correction of nothing."""
    if issued and correction is None:
        raise NotOpen(N_("The pack of this quarter is issued and locked. Correct it, and say why, instead."))
    if correction is not None and not issued:
        raise NotValid(N_("There is nothing to correct yet: make the pack first."))


def check_may_keep_file(issued_on: date | None) -> None:
    """Raise `NotOpen` for a PDF of a version that may still be made again."""
    if issued_on is None:
        raise NotOpen(N_("The PDF is made of an issued pack. Until then, use the print view."))


def check_frozen(waves: Collection[str], *, until: date, next_closing: date | None) -> None:
    """Raise `NotValid` where no wave has frozen results: say since when, and what to do."""
    if waves:
        return
    ahead = "No wave is open now: open one from the surveys' page first."
    if next_closing is not None:
        ahead = f"The next one closes on {_day(next_closing)}."
    raise NotValid(
        f"No wave had closed by {_day(until)}, so there is nothing frozen that a pack could show. {ahead} "
        "Results are frozen within minutes of a wave's end; then make the pack here."
    )


def check_youth_page(frozen: YouthPage | None, latest: YouthPage | None) -> None:
    """Raise `NotOpen` when young people changed their page after this version was made."""
    if frozen != latest:
        raise NotOpen(
            N_("Young people changed their page after this pack was made. Make the pack again, then issue it.")
        )


def check_young(roles: Collection[str]) -> None:
    """Raise `NotAllowed` for anybody but an ambassador, even one who holds a staff role as well."""
    if set(roles) != {Role.AMBASSADOR}:
        raise NotAllowed(N_("Only youth ambassadors write this page. Staff read it in the pack."))


def changed_sections(before: Body, now: Body) -> tuple[str, ...]:
    """Name the sections of two versions that differ, in the order of a pack."""
    differing = {field.name for field in fields(Body) if getattr(before, field.name) != getattr(now, field.name)}
    return tuple(words for name, words in SECTIONS.items() if name in differing)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
