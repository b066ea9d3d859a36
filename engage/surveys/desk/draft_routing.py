"""Staff pages: for whom an item of a draft is shown, in plain sentences."""

from collections.abc import Callable
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import open_to
from engage.accounts.rules import Role
from engage.shared.errors import EngageError, NotFound
from engage.shared.forms import choices
from engage.surveys.desk.draft_parts import GONE, Step, kept, part_page, seen_item, wanted_item
from engage.surveys.desk.pages import pages
from engage.surveys.forms.routing import AboutForm, JoinForm, TestForm
from engage.surveys.queries.drafts import Draft, draft
from engage.surveys.rules.conditions import condition
from engage.surveys.rules.definition import Definition, Item
from engage.surveys.rules.drafting import Document, item_of
from engage.surveys.rules.publishing import found_faults
from engage.surveys.rules.routes import CONDITIONS, add_test, join_of, joined, remove_test, tests_of
from engage.surveys.rules.sentences import name_of, sentence

DID = "changed when an item is shown"


@pages.get("/drafts/<code>/items/<item>/routing")
@open_to(Role.VOICE)
def ask_routing(code: str, item: str) -> ResponseReturnValue:
    known = draft(code)
    before = wanted_item(known, item)
    about = known.definition.by_code.get(request.args.get("about", ""))
    return _page(known, before, _test_form(about), about)


@pages.post("/drafts/<code>/items/<item>/routing/<which>/<about>")
@open_to(Role.VOICE)
def add_condition(code: str, item: str, which: str, about: str) -> ResponseReturnValue:
    known = draft(code)
    before, looked_at = wanted_item(known, item), _looked_at(known, item, which, about)
    form = TestForm().about(looked_at)
    if not form.holds_together():
        return _page(known, before, form, looked_at, which=which), 422
    test = form.record(looked_at)
    return _kept(known, item, lambda part: add_test(part, which, test), form.seen.data)


@pages.post("/drafts/<code>/items/<item>/routing/<which>/join")
@open_to(Role.VOICE)
def join_conditions(code: str, item: str, which: str) -> ResponseReturnValue:
    known, form = draft(code), JoinForm()
    wanted_item(known, item)
    if which not in CONDITIONS or not form.validate():
        raise NotFound(GONE)
    return _kept(known, item, lambda part: joined(part, which, form.join.data), form.seen.data)


@pages.post("/drafts/<code>/items/<item>/routing/<which>/<int:place>/remove")
@open_to(Role.VOICE)
def remove_condition(code: str, item: str, which: str, place: int) -> ResponseReturnValue:
    known = draft(code)
    before = wanted_item(known, item)
    if which not in CONDITIONS or place >= len(tests_of(before, which)):
        raise NotFound(GONE)
    return _kept(known, item, lambda part: remove_test(part, which, place), request.form.get("seen"))


def _kept(known: Draft, item: str, edit: Callable[[Document], None], seen: str | None) -> ResponseReturnValue:
    def change(new: Document) -> None:
        part = item_of(new, item)
        if part:
            edit(part)

    def again(error: EngageError) -> str:
        fresh = draft(known.code)
        return _page(fresh, wanted_item(fresh, item), TestForm(formdata=None), None, trouble=error)

    then = url_for("surveys_desk.ask_routing", code=known.code, item=item)
    return kept(known, Step(DID, change, seen_item(item, seen)), again=again, then=then)


def _test_form(about: Item | None) -> TestForm:
    form = TestForm(formdata=None)
    return form.about(about) if about else form


def _looked_at(known: Draft, item: str, which: str, about: str) -> Item:
    """The item that a condition is to look at. Raises `NotFound` for one that is asked too late."""
    found = next((one for one in _earlier(known.definition, item, which) if one.code == about), None)
    if found is None or which not in CONDITIONS:
        raise NotFound(GONE)
    return found


def _earlier(definition: Definition, item: str, which: str) -> list[Item]:
    """What may be looked at: items that are asked before this one; support may also look at the item itself."""
    order = list(definition.by_code)
    end = order.index(item) + (which == "support_when")
    return [definition.item(code) for code in order[:end] if definition.item(code).asks]


def _page(known: Draft, before: Document, form: TestForm, about: Item | None, **more: Any) -> str:
    code = before["code"]
    which = more.pop("which", request.args.get("which", "show_if"))
    faults = [fault for fault in found_faults(known.definition) if (fault.place, fault.about) == (code, "routing")]
    return part_page(
        "draft_routing.html",
        known,
        form,
        before,
        item=known.definition.item(code),
        conditions=[_condition(known, before, each) for each in CONDITIONS],
        faults=faults,
        about=about,
        which=which if which in CONDITIONS else "show_if",
        names=CONDITIONS,
        **more,
    )


def _condition(known: Draft, before: Document, which: str) -> dict[str, Any]:
    """One of the two conditions of an item, as its page shows it."""
    join = JoinForm(formdata=None, data={"join": join_of(before, which)}, prefix="")
    asks = AboutForm(formdata=None)
    asks.about.choices = choices(
        {item.code: name_of(item) for item in _earlier(known.definition, before["code"], which)}
    )
    sentences = [sentence(condition(test), known.definition) for test in tests_of(before, which)]
    return {"which": which, "name": CONDITIONS[which], "sentences": sentences, "join": join, "asks": asks}
