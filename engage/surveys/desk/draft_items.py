"""Staff pages: one item of a survey being written; its form follows from its kind."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from engage.accounts.guards import open_to
from engage.accounts.rules import Role
from engage.shared.errors import EngageError, NotFound, NotOpen
from engage.surveys.desk.draft_parts import (
    GONE,
    Step,
    kept,
    outline,
    outline_page,
    part_page,
    seen_item,
    sure_page,
    theirs_of,
    wanted_item,
    wanted_section,
)
from engage.surveys.desk.pages import pages
from engage.surveys.forms.item import ItemForm, typed_for_new, typed_of
from engage.surveys.forms.options import arranged
from engage.surveys.queries.asked_before import asked_before
from engage.surveys.queries.drafts import Draft, draft
from engage.surveys.rules import drafting
from engage.surveys.rules.card_kinds import card_kind, choices
from engage.surveys.rules.drafting import Document, code_from, codes_of, item_of
from engage.surveys.rules.items import Kind
from engage.surveys.rules.reading_age import age_of_words
from engage.surveys.rules.sentences import name_of

GONE_MEANWHILE = "Somebody else deleted this while you were writing. What you typed is here: save it to add it again."


@pages.get("/drafts/<code>/parts/<part>/items/new")
@open_to(Role.VOICE)
def ask_new_item(code: str, part: str) -> ResponseReturnValue:
    known, section = draft(code), wanted_section(draft(code), part)
    kind = request.args.get("kind", "")
    if kind not in choices():
        return render_template("surveys/desk/draft_kinds.html", draft=known, section=section, kinds=choices())
    form = ItemForm(formdata=None, data=typed_for_new(card_kind(Kind(kind))))
    return _page(known, form, Kind(kind), {}, section=section)


@pages.post("/drafts/<code>/parts/<part>/items/new")
@open_to(Role.VOICE)
def add_item(code: str, part: str) -> ResponseReturnValue:
    known, section, kind, form = draft(code), wanted_section(draft(code), part), _kind(), ItemForm()
    if press := request.form.get("press"):
        return _page(known, _arranged(form, press), kind, {}, section=section)
    if not form.holds_together(kind) or _taken(known, form):
        return _page(known, form, kind, {}, section=section), 422
    return _added(known, part, kind, form)


@pages.get("/drafts/<code>/items/<item>")
@open_to(Role.VOICE)
def ask_item(code: str, item: str) -> ResponseReturnValue:
    known = draft(code)
    before = wanted_item(known, item)
    return _page(known, ItemForm(formdata=None, data=typed_of(before)), Kind(before["kind"]), before)


@pages.post("/drafts/<code>/items/<item>")
@open_to(Role.VOICE)
def keep_item(code: str, item: str) -> ResponseReturnValue:
    known, form, kind = draft(code), ItemForm(), _kind()
    before = item_of(known.document, item)
    if before is None:
        return _gone(known, form, kind)
    if press := request.form.get("press"):
        return _page(known, _arranged(form, press), kind, before)
    return _changed(known, before, kind, form)


@pages.get("/drafts/<code>/items/<item>/delete")
@open_to(Role.VOICE)
def ask_delete_item(code: str, item: str) -> ResponseReturnValue:
    known = draft(code)
    wanted_item(known, item)
    looking = [name_of(one) for one in known.definition.items if one.show_if and item in one.show_if.items]
    words = (
        f"These are shown only after an answer to it: {'; '.join(looking)}." if looking else "Nothing else looks at it."
    )
    return sure_page(known, f"Delete “{name_of(known.definition.item(item))}”?", words)


@pages.post("/drafts/<code>/items/<item>/delete")
@open_to(Role.VOICE)
def delete_item(code: str, item: str) -> ResponseReturnValue:
    known = draft(code)
    wanted_item(known, item)
    step = Step("deleted an item", lambda new: drafting.delete_item(new, item))
    return kept(known, step, again=lambda error: outline_page(draft(code), trouble=error), then=outline(code))


def _kind() -> Kind:
    kind = request.form.get("kind", "")
    if kind not in choices():
        raise NotFound(GONE)
    return Kind(kind)


def _taken(known: Draft, form: ItemForm) -> bool:
    taken = form.code.data in codes_of(known.document)
    if taken:
        form.code.errors = [*form.code.errors, "Another item or part has this code already"]
    return taken


def _arranged(form: ItemForm, press: str) -> ItemForm:
    typed = {name: value for name, value in form.data.items() if name != "csrf_token"}
    return ItemForm(formdata=None, data=typed | {"options": arranged(form.options.data, press)})


def _added(known: Draft, part: str, kind: Kind, form: ItemForm) -> ResponseReturnValue:
    own = form.code.data or code_from(form.words.data, taken=codes_of(known.document))
    item = form.record(kind, {"code": own})
    step = Step("added an item", lambda new: drafting.add_item(new, part, item))

    def again(error: EngageError) -> str:
        return _page(known, form, kind, {}, section=wanted_section(known, part), trouble=error)

    return kept(known, step, again=again, then=outline(known.code, own))


def _changed(known: Draft, before: Document, kind: Kind, form: ItemForm) -> ResponseReturnValue:
    if not form.holds_together(kind):
        return _page(known, form, kind, before), 422
    code = before["code"]
    item = form.record(kind, before)
    step = Step("changed an item", lambda new: drafting.replace_item(new, code, item), seen_item(code, form.seen.data))

    def again(error: EngageError) -> str:
        theirs = item_of(draft(known.code).document, code)
        shown = theirs_of(theirs, typed_of) if isinstance(error, NotOpen) else []
        return _page(known, form, kind, theirs or before, trouble=error, theirs=shown)

    return kept(known, step, again=again, then=outline(known.code, code))


def _gone(known: Draft, form: ItemForm, kind: Kind) -> ResponseReturnValue:
    if not known.document["sections"]:
        raise NotFound(GONE)
    trouble = NotOpen(GONE_MEANWHILE)
    return _page(known, form, kind, {}, section=known.document["sections"][-1], trouble=trouble), trouble.status


def _page(known: Draft, form: ItemForm, kind: Kind, before: Document, **more: object) -> str:
    words = (form.words.data or "", form.text.data or "", form.why.data or "")
    easy = (form.easy.data or "", form.text.data or "", form.why.data or "")
    return part_page(
        "draft_item.html",
        known,
        form,
        before,
        item=before,
        kind=kind.value,
        card=card_kind(kind),
        reading=age_of_words(words),
        reading_easy=age_of_words(easy) if form.easy.data else None,
        asked=asked_before(before.get("code") or form.code.data or "", form.words.data or ""),
        **more,
    )
