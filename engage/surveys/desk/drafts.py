"""Staff pages: surveys being written, each from its beginning to throwing it away."""

from collections.abc import Callable, Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.shared.errors import EngageError, NotFound
from engage.shared.forms import choices
from engage.surveys.actions import drafts as actions
from engage.surveys.desk.draft_parts import (
    GONE,
    Step,
    kept,
    may_write,
    outline,
    outline_page,
    part_page,
    sure_page,
    theirs_of,
)
from engage.surveys.desk.pages import LOOKERS, pages
from engage.surveys.forms.draft import EMPTY, FactsForm, NewDraftForm, facts_of
from engage.surveys.queries.drafts import draft, drafts, survey_codes
from engage.surveys.queries.versions import definition_of_version, versions
from engage.surveys.rules import drafting
from engage.surveys.rules.definition import to_document
from engage.surveys.rules.drafting import LONGEST_SURVEY_CODE, Document, code_from, codes_of, empty
from engage.surveys.rules.shipped import CODES, shipped

FACTS = ("title", "ages", "minutes", "minimum", "languages", "unchecked", "bands")


@pages.get("/drafts/")
@open_to(*LOOKERS)
def show_drafts() -> ResponseReturnValue:
    return render_template("surveys/desk/drafts.html", drafts=drafts(), may_write=may_write())


@pages.get("/drafts/new")
@open_to(Role.VOICE)
def ask_new_draft() -> ResponseReturnValue:
    return render_template("surveys/desk/draft_new.html", form=_new_form())


@pages.post("/drafts/new")
@open_to(Role.VOICE)
def add_draft() -> ResponseReturnValue:
    form = _new_form()
    if not form.validate():
        return render_template("surveys/desk/draft_new.html", form=form), 422
    code = actions.add_draft(_begun(form), by=me())
    flash("Begun. Every step is saved; nobody outside the team sees it before it is published.")
    return redirect(url_for("surveys_desk.show_draft", code=code), 303)


@pages.get("/drafts/<code>")
@open_to(*LOOKERS)
def show_draft(code: str) -> ResponseReturnValue:
    return outline_page(draft(code))


@pages.get("/drafts/<code>/facts")
@open_to(Role.VOICE)
def ask_draft_facts(code: str) -> ResponseReturnValue:
    known = draft(code)
    form = FactsForm(data=facts_of(known.document))
    return part_page("draft_facts.html", known, form, _facts(known.document))


@pages.post("/drafts/<code>/facts")
@open_to(Role.VOICE)
def keep_draft_facts(code: str) -> ResponseReturnValue:
    known, form = draft(code), FactsForm()
    if not form.validate():
        return part_page("draft_facts.html", known, form, _facts(known.document)), 422
    facts = form.record(known.document)
    step = Step("changed the survey itself", lambda new: new.update(facts), actions.Seen(form.seen.data, _facts))
    return kept(known, step, again=lambda error: _facts_again(code, form, error), then=outline(code))


@pages.get("/drafts/<code>/delete")
@open_to(Role.VOICE)
def ask_delete_draft(code: str) -> ResponseReturnValue:
    known = draft(code)
    words = "All its questions and translations go with it. Published versions stay as they are."
    return sure_page(known, f"Throw away “{known.title}”?", words)


@pages.post("/drafts/<code>/delete")
@open_to(Role.VOICE)
def delete_draft(code: str) -> ResponseReturnValue:
    actions.delete_draft(code)
    flash("Thrown away.")
    return redirect(url_for("surveys_desk.show_drafts"), 303)


@pages.post("/drafts/<code>/move")
@open_to(Role.VOICE)
def rearrange(code: str) -> ResponseReturnValue:
    known = draft(code)
    verb, part, place = ([*request.form.get("move", "").split(" "), "", "", ""])[:3]
    if (verb, part) not in MOVES or place not in codes_of(known.document):
        return outline_page(known, trouble=NotFound(GONE)), 404
    did, move = MOVES[verb, part]
    step = Step(did, lambda new: move(new, place))
    return kept(known, step, again=lambda error: outline_page(draft(code), trouble=error), then=outline(code, place))


def _facts(document: Document) -> Document:
    return {name: document[name] for name in FACTS}


def _facts_again(code: str, form: FactsForm, error: EngageError) -> str:
    known = draft(code)
    theirs = theirs_of(known.document, facts_of)
    return part_page("draft_facts.html", known, form, _facts(known.document), trouble=error, theirs=theirs)


def _new_form() -> NewDraftForm:
    form = NewDraftForm()
    published = {str(one.id): f"{one.title}, version {one.number}" for one in versions()}
    writing = {f"draft:{one.code}": f"{one.title}, a draft" for one in drafts()}
    templates = {f"template:{code}": f"{shipped(code).title.in_('en')}, a template" for code in CODES}
    form.start.choices = choices({EMPTY: "Nothing: an empty survey", **templates, **published, **writing})
    return form


def _begun(form: NewDraftForm) -> Document:
    """The document that a new survey begins with: what was chosen, under the title and in the languages typed."""
    facts, title = form.facts(), form.title.data or ""
    code = code_from(title, taken=survey_codes() | set(CODES), longest=LONGEST_SURVEY_CODE, fallback="survey")
    first = empty(code=code, title=title, languages=facts["languages"], bands=facts["bands"])
    begun = _chosen(form.start.data) or first
    same = begun["title"]["en"] == title  # another title has no translation yet
    languages = {"languages": facts["languages"], "title": begun["title"] if same else {"en": title}}
    new = {language for language in facts["languages"] if language not in begun["languages"]}
    unchecked = sorted((new | set(begun["unchecked"])) & set(facts["languages"]))
    return begun | languages | {"code": code, "unchecked": unchecked}


def _chosen(start: str) -> Document | None:
    kind, _, code = start.rpartition(":")
    if kind == "template":
        return to_document(shipped(code))
    if kind == "draft":
        return draft(code).document
    return None if start == EMPTY else to_document(definition_of_version(int(start)))


MOVES: Mapping[tuple[str, str], tuple[str, Callable[[Document, str], None]]] = {
    ("up", "part"): ("moved", lambda new, code: drafting.move_section(new, code, -1)),
    ("down", "part"): ("moved", lambda new, code: drafting.move_section(new, code, 1)),
    ("up", "item"): ("moved", lambda new, code: drafting.move_item(new, code, -1)),
    ("down", "item"): ("moved", lambda new, code: drafting.move_item(new, code, 1)),
    ("copy", "item"): ("copied an item", drafting.duplicate_item),
}
