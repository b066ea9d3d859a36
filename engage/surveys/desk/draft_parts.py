"""What the pages of a draft share: the draft in words, and a part of it that a form is about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import me, person
from engage.accounts.queries import audit_of
from engage.accounts.rules import AuditLine, Role
from engage.shared import db
from engage.shared.errors import EngageError, NotFound, NotOpen, NotValid
from engage.shared.languages import NAMES, in_english
from engage.surveys.actions.drafts import Seen, change_draft
from engage.surveys.forms.draft import SureForm
from engage.surveys.queries.drafts import Draft
from engage.surveys.rules.card_kinds import card_kind
from engage.surveys.rules.drafting import Document, fingerprint, item_of, section_of
from engage.surveys.rules.items import Kind
from engage.surveys.rules.publishing import Fault, found_faults
from engage.surveys.rules.sentences import name_of, sentence

GONE = "It is not in this draft any more. Somebody may have deleted it, or given it another place."
DONE = (
    "began a draft", "changed the survey itself", "added a part", "changed a part", "deleted a part", "moved",
    "added an item", "changed an item", "copied an item", "deleted an item", "changed when an item is shown",
    "translated",
)  # fmt: skip
LATEST = 12  # lines of the history


def may_write() -> bool:
    """Whether who looks may also change drafts."""
    someone = person()
    return someone is not None and Role.VOICE in someone.roles


def wanted_item(known: Draft, code: str) -> Document:
    """An item of a draft. Raises `NotFound`."""
    item = item_of(known.document, code)
    if item is None:
        raise NotFound(GONE)
    return item


def wanted_section(known: Draft, code: str) -> Document:
    """A part of a draft. Raises `NotFound`."""
    section = section_of(known.document, code)
    if section is None:
        raise NotFound(GONE)
    return section


def seen_section(code: str, seen: str | None) -> Seen:
    """A part's own facts as a form had seen them; its items have forms of their own."""
    return Seen(seen or "", lambda document: section_of(document, code))


def seen_item(code: str, seen: str | None) -> Seen:
    """The item as a form had seen it."""
    return Seen(seen or "", lambda document: item_of(document, code))


def outline_page(known: Draft, *, trouble: EngageError | None = None) -> str:
    """The page of a draft: its parts and items, what is to be put right, who changed what."""
    faults = found_faults(known.definition)
    return render_template(
        "surveys/desk/draft.html",
        draft=known,
        sections=known.definition.sections,
        shown={item.code: sentence(item.show_if, known.definition) for item in known.definition.items if item.show_if},
        rotations={rotation.code: rotation.show for rotation in known.definition.rotations},
        kinds={kind: card_kind(kind).name for kind in Kind},
        faults=[(told(fault), *leads_to(known, fault)) for fault in faults],
        history=history_of(known),
        languages=NAMES,
        may_write=may_write(),
        trouble=trouble,
    )


def outline(code: str, part: str = "") -> str:
    """The address of a draft's page, at one of its parts."""
    return url_for("surveys_desk.show_draft", code=code, _anchor=f"p-{part}" if part else None)


def sure_page(known: Draft, heading: str, words: str) -> str:
    """A page that asks before something goes."""
    return render_template("surveys/desk/draft_sure.html", draft=known, form=SureForm(), heading=heading, words=words)


def history_of(known: Draft) -> list[tuple[AuditLine, str]]:
    """The latest lines of who changed what, each with what it was about: as it is called now, or its code."""
    parts = {section.code: f"the part “{section.title.in_('en')}”" for section in known.definition.sections}
    named = parts | {item.code: f"“{name_of(item)}”" for item in known.definition.items}
    lines = audit_of(f"draft {known.code}", *DONE)[-LATEST:][::-1]
    return [(line, ", ".join(named.get(code, code) for code in line.reason.split())) for line in lines]


def told(fault: Fault) -> str:
    """A fault in words, its language by its name."""
    return f"{in_english(fault.language)} {fault.words}" if fault.language else fault.words


def leads_to(known: Draft, fault: Fault) -> tuple[str, str]:
    """The name of the place of a fault, and the page that mends it."""
    code = fault.place.partition(".")[0]
    item = known.definition.by_code.get(code)
    if fault.about == "words":
        return (name_of(item) if item else "The survey"), url_for("surveys_desk.show_draft_words", code=known.code)
    if item is None:
        return "The survey", url_for("surveys_desk.ask_draft_facts", code=known.code)
    page = "ask_routing" if fault.about == "routing" else "ask_item"
    return name_of(item), url_for(f"surveys_desk.{page}", code=known.code, item=code)


def part_page(page: str, known: Draft, form: Any, part: object, **more: Any) -> str:
    """A page with a form about one part, whose fingerprint it carries: a new one once its writer was told."""
    if not form.seen.data or more.get("trouble"):
        form.seen.data = fingerprint(part)
    return render_template(f"surveys/desk/{page}", draft=known, form=form, **more)


@dataclass(frozen=True)
class Step:
    """One change of a draft: what the audit says, the change itself, and the part as the form had seen it."""

    did: str
    change: Callable[[Document], None]
    seen: Seen | None = None


def kept(known: Draft, step: Step, *, again: Callable[[EngageError], str], then: str) -> ResponseReturnValue:
    """Make a change and go on to `then`; where it cannot be kept, show the page `again` with all that was typed."""
    try:
        change_draft(known.code, step.did, step.change, by=me(), seen=step.seen)
    except (NotOpen, NotValid) as error:
        db.session.rollback()
        return again(error), error.status
    flash("Saved.")
    return redirect(then, 303)


def theirs_of(part: Mapping[str, Any] | None, shows: Callable[[Document], Mapping[str, Any]]) -> list[tuple[str, str]]:
    """What somebody else wrote meanwhile, box by box, for who is told of it."""
    said = shows(dict(part)) if part else {}
    lines = [(name, _said(value)) for name, value in said.items()]
    return [(name.replace("_", " ").capitalize(), value) for name, value in lines if value]


def _said(value: object) -> str:
    if isinstance(value, list):
        rows = [row["words"] if isinstance(row, dict) and row.get("words") else row for row in value]
        return ", ".join(str(row) for row in rows if row)
    return "" if value in (None, False) else "yes" if value is True else str(value)
