"""Staff pages of concerns."""

from collections.abc import Iterable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.queries import agencies, answering
from engage.accounts.rules import Role
from engage.analysis import queries as analysis
from engage.shared.clock import today
from engage.shared.paging import page_asked, page_of
from engage.youwesaid.actions import concern as actions
from engage.youwesaid.actions.merging import merge
from engage.youwesaid.desk.pages import pages
from engage.youwesaid.forms.action import AskForm
from engage.youwesaid.forms.concern import (
    ConcernForm,
    MergeForm,
    PrioritiesForm,
    PromiseForm,
    RefusalForm,
    SendBackForm,
)
from engage.youwesaid.forms.quote import QuoteForm, ThemeForm
from engage.youwesaid.queries import desk as queries
from engage.youwesaid.queries.actions import actions as actions_of
from engage.youwesaid.queries.quotes import quotes
from engage.youwesaid.queries.versions import priorities
from engage.youwesaid.rules.as_read import mark_of
from engage.youwesaid.rules.concerns import STATE_WORDS, TOPICS, NewConcern
from engage.youwesaid.rules.priorities import Priority, priorities_by_plan
from engage.youwesaid.rules.quotes import Said, certain_base
from engage.youwesaid.rules.states import CONCERN

READERS = (Role.VOICE, Role.PQA, Role.SAFEGUARDING, Role.SCRUTINEER)


@pages.get("/concerns/")
@open_to(*READERS)
def show_concerns() -> ResponseReturnValue:
    asked = request.args.get("priority", "")
    found = queries.concerns(me(), today=today(), priority=asked)
    return render_template(
        "youwesaid/desk/concerns.html",
        concerns=found, page=page_of(found, page_asked()), topics=TOPICS, state_words=STATE_WORDS,
        plans=priorities_by_plan(), asked=asked, serves=priorities([one.id for one in found]),
    )  # fmt: skip


@pages.get("/concerns/new")
@open_to(Role.VOICE)
def start_concern() -> ResponseReturnValue:
    themes, form = analysis.known_themes(request.args.getlist("theme", type=int)), _concern_form()
    form.sources.data = ", ".join(dict.fromkeys(origin.place for origin in analysis.evidence_of(themes).origins))
    return _form(form, themes)


@pages.post("/concerns/new")
@open_to(Role.VOICE)
def propose() -> ResponseReturnValue:
    form, themes = _concern_form(), analysis.known_themes(request.form.getlist("theme", type=int))
    if not form.validate():
        return _form(form, themes), 422
    concern_id = actions.propose(_typed(form, themes), by=me(), today=today())
    flash("Proposed. The panel sees it now; nobody else does until they agree it.")
    return redirect(url_for("youwesaid_desk.show_concern", concern_id=concern_id), 303)


@pages.get("/concerns/<int:concern_id>")
@open_to(*READERS)
def show_concern(concern_id: int) -> ResponseReturnValue:
    return concern_page(concern_id)


@pages.post("/concerns/<int:concern_id>/hear")
@open_to(Role.PQA)
def hear(concern_id: int) -> ResponseReturnValue:
    queries.concern(concern_id, me(), today=today())
    actions.hear(concern_id, by=me(), today=today(), read=request.form.get("read", ""))
    return _back(concern_id, "Agreed: it is public now, as “We've read this”.")


@pages.post("/concerns/<int:concern_id>/look")
@open_to(Role.PQA)
def look(concern_id: int) -> ResponseReturnValue:
    queries.concern(concern_id, me(), today=today())
    actions.look(concern_id, by=me(), today=today())
    return _back(concern_id, "The public page says “We're finding out more”.")


@pages.post("/concerns/<int:concern_id>/refuse")
@open_to(Role.PQA)
def refuse(concern_id: int) -> ResponseReturnValue:
    queries.concern(concern_id, me(), today=today())
    form = RefusalForm(request.form)
    if not form.validate():
        return concern_page(concern_id, refusal=form), 422
    actions.refuse(concern_id, form.record(), by=me(), today=today())
    return _back(concern_id, "The public page says that we can't, and why.")


@pages.post("/concerns/<int:concern_id>/reopen")
@open_to(Role.PQA)
def reopen(concern_id: int) -> ResponseReturnValue:
    queries.concern(concern_id, me(), today=today())
    form = PromiseForm(request.form)
    if not form.validate():
        return concern_page(concern_id, promise=form), 422
    actions.reopen(concern_id, promised_on=form.promised_on.data, by=me(), today=today())
    return _back(concern_id, "Open again, with a new promised day.")


@pages.post("/concerns/<int:concern_id>/priorities")
@open_to(Role.VOICE, Role.PQA)
def serve(concern_id: int) -> ResponseReturnValue:
    form = PrioritiesForm(request.form)
    if not form.validate():
        return _back(concern_id, "Nothing was changed: choose priorities from the list.")
    actions.serve(queries.concern(concern_id, me(), today=today()).id, form.priorities.data or [])
    return _back(concern_id, "Kept. The concern stands under these priorities.")


@pages.post("/concerns/<int:concern_id>/merge")
@open_to(Role.PQA)
def merge_concern(concern_id: int) -> ResponseReturnValue:
    form = MergeForm(request.form).offer(_others(concern_id))
    if not form.validate():
        return concern_page(concern_id, merging=form), 422
    found = queries.concern(concern_id, me(), today=today())
    merge(found.id, into_id=form.into_id.data, by=me(), today=today())
    return _back(form.into_id.data, f"“{found.title}” is a part of this now, and its address leads here.")


@pages.post("/concerns/<int:concern_id>/release")
@open_to(Role.SAFEGUARDING)
def release(concern_id: int) -> ResponseReturnValue:
    actions.release(concern_id, by=me(), today=today())
    public = queries.concern(concern_id, me(), today=today()).public
    readers = "the agency it is about and everybody else see it" if public else "the agency it is about sees it"
    return _back(concern_id, f"Released: {readers} now.")


def _others(concern_id: int) -> dict[int, str]:
    return {one.id: one.title for one in queries.concerns(me(), today=today()) if one.id != concern_id}


def _concern_form() -> ConcernForm:
    form = ConcernForm(request.form if request.method == "POST" else MultiDict())
    form.offer_agencies({agency.id: agency.name for agency in agencies()})
    return form


def _typed(form: ConcernForm, themes: list[int]) -> NewConcern:
    evidence = analysis.evidence_of(themes)
    return NewConcern(
        title=form.title.data, you_said=form.you_said.data, topic=form.topic.data,
        promised_on=form.promised_on.data, said_on=evidence.said_on or today(), theme_ids=tuple(themes),
        sources=form.sources.data or "", about_agency_id=form.about_agency_id.data or None,
        priorities=tuple(form.priorities.data or ()),
    )  # fmt: skip


def _form(form: ConcernForm, themes: list[int]) -> str:
    evidence = analysis.evidence_of(themes)
    return render_template("youwesaid/desk/new_concern.html", form=form, themes=themes, evidence=evidence)


def concern_page(concern_id: int, **forms: object) -> str:
    """Draw the page of one concern; `forms` are those that were typed and have to be typed again."""
    concern, someone = queries.concern(concern_id, me(), today=today()), me()
    moves = () if concern.merged_into_id else CONCERN.open_moves(concern.state, someone.roles)
    serves, evidence = priorities([concern_id]).get(concern_id, ()), analysis.evidence_of(queries.themes_of(concern_id))
    return render_template(
        "youwesaid/desk/concern.html",
        concern=concern, topics=TOPICS, state_words=STATE_WORDS, mine=concern.proposed_by == someone.id,
        moves={move.verb: move for move in moves}, serves=serves, roles=someone.roles,
        history=queries.history(concern_id), evidence=evidence, quotes=quotes(concern_id), me=someone.id,
        read=mark_of("concern", concern), actions=actions_of(someone, today=today(), concern_id=concern_id),
        updates=queries.updates(someone, concern_id=concern_id),
        **{**_empty_forms(concern_id, evidence, serves), **forms},
    )  # fmt: skip


def other_themes(concern_id: int) -> dict[int, str]:
    """The themes a concern does not rest on yet."""
    known = queries.themes_of(concern_id)
    return {one.id: one.name for one in analysis.themes() if one.id not in known}


def said_about(evidence: analysis.Evidence) -> Said:
    """How many said it at least, from what may be shown of each place, and the answers that may be read."""
    base = certain_base([(origin.place, origin.cell.shown or 0) for origin in evidence.origins])
    return Said(base, evidence.excerpts)


def _empty_forms(concern_id: int, evidence: analysis.Evidence, serves: Iterable[Priority]) -> dict[str, object]:
    return {
        "refusal": RefusalForm(MultiDict()),
        "promise": PromiseForm(MultiDict()),
        "returning": SendBackForm(MultiDict()),
        "ask": AskForm(MultiDict()).offer(answering()),
        "merging": MergeForm(MultiDict()).offer(_others(concern_id)),
        "serving": PrioritiesForm(MultiDict([("priorities", one.code) for one in serves])),
        "quoting": QuoteForm(MultiDict()).offer(said_about(evidence)),
        "themed": ThemeForm(MultiDict()).offer(other_themes(concern_id)),
    }


def _back(concern_id: int, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("youwesaid_desk.show_concern", concern_id=concern_id), 303)
