"""Staff pages: an item of the bank is put into a draft."""

from functools import partial
from itertools import islice

from flask import render_template, request
from flask.typing import ResponseReturnValue

from engage.accounts.guards import open_to
from engage.accounts.rules import Role
from engage.shared.errors import EngageError, NotFound, NotValid
from engage.surveys.desk.draft_parts import GONE, Step, kept, outline, wanted_section
from engage.surveys.desk.pages import pages
from engage.surveys.forms.bank import BankForm
from engage.surveys.queries.bank import sources
from engage.surveys.queries.drafts import draft
from engage.surveys.rules import drafting
from engage.surveys.rules.bank import found, taken_out
from engage.surveys.rules.card_kinds import card_kind
from engage.surveys.rules.drafting import Document, codes_of

MOST = 30
THERE = "This survey has an item or a part with this code already"


@pages.get("/drafts/<code>/parts/<part>/bank")
@open_to(Role.VOICE)
def show_bank(code: str, part: str) -> ResponseReturnValue:
    return _page(code, part)


@pages.post("/drafts/<code>/parts/<part>/bank")
@open_to(Role.VOICE)
def take_from_bank(code: str, part: str) -> ResponseReturnValue:
    known = draft(code)
    wanted_section(known, part)
    item = _wanted()
    if item["code"] in codes_of(known.document):
        return _page(code, part, NotValid(THERE)), 422
    step = Step("added an item", lambda new: drafting.add_item(new, part, item))
    return kept(known, step, again=partial(_page, code, part), then=outline(code, item["code"]))


def _wanted() -> Document:
    source, _, item = request.form.get("take", "").partition(" ")
    definition = dict(sources()).get(source)
    if definition is None or item not in definition.by_code:
        raise NotFound(GONE)
    return taken_out(definition.item(item))


def _page(code: str, part: str, trouble: EngageError | None = None) -> str:
    known = draft(code)
    form = BankForm(request.args)
    words = (form.words.data or "").strip() if form.validate() else ""
    items = list(islice(found(sources(), words), MOST)) if words else []
    return render_template(
        "surveys/desk/draft_bank.html",
        draft=known,
        section=wanted_section(known, part),
        form=form,
        words=words,
        items=[(one, card_kind(one.item.kind).name, one.item.code in known.definition.by_code) for one in items],
        most=MOST,
        trouble=trouble,
    )
