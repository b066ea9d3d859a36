"""Staff pages: a draft as a young person will meet it, and as invented people walk through it."""

from collections.abc import Callable

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from engage.accounts.guards import open_to
from engage.shared.errors import NotFound
from engage.shared.languages import NAMES, offered
from engage.surveys.desk.draft_parts import GONE, may_write
from engage.surveys.desk.pages import LOOKERS, pages
from engage.surveys.forms.draft import WalkForm
from engage.surveys.queries.drafts import Draft, draft
from engage.surveys.queries.sign_offs import not_checked
from engage.surveys.rules.sentences import name_of
from engage.surveys.rules.simulating import simulate


@pages.get("/drafts/<code>/preview")
@open_to(*LOOKERS)
def show_preview(code: str) -> ResponseReturnValue:
    known, asked = draft(code), request.args.get("in", "en")
    languages = {each: NAMES[each] for each in known.definition.languages if each in offered()}
    facts = {"draft": known, "languages": languages, "unchecked": not_checked(known.definition)}
    chosen, easy = asked if asked in languages else "en", "easy" in request.args
    return render_template("surveys/desk/draft_preview.html", chosen=chosen, easy=easy, **facts)


@pages.get("/drafts/<code>/preview/<language>")
@open_to(*LOOKERS)
def show_phone(code: str, language: str) -> ResponseReturnValue:
    known = draft(code)
    if language not in known.definition.languages or language not in offered() or not known.definition.by_code:
        raise NotFound(GONE)
    preview: Callable[..., Response] = current_app.extensions["preview"]
    return preview(known.definition, language, easy="easy" in request.args)


@pages.get("/drafts/<code>/walk")
@open_to(*LOOKERS)
def show_walk(code: str) -> ResponseReturnValue:
    known, form = draft(code), WalkForm(request.args)
    if not known.definition.by_code:
        return render_template("surveys/desk/draft_walk.html", draft=known, form=form, walk=None)
    if not form.validate():
        return render_template("surveys/desk/draft_walk.html", draft=known, form=form, walk=None), 422
    return _walk_page(known, form)


def _walk_page(known: Draft, form: WalkForm) -> str:
    walk = simulate(known.definition, people=form.people.data, seed=form.seed.data)
    more = {"names": {item.code: name_of(item) for item in known.definition.items}, "may_write": may_write()}
    return render_template("surveys/desk/draft_walk.html", draft=known, form=form, walk=walk, **more)
