"""Staff pages: several questions with the same answers are put into a draft at once."""

from flask import render_template
from flask.typing import ResponseReturnValue

from engage.accounts.guards import open_to
from engage.accounts.rules import Role
from engage.surveys.desk.draft_parts import Step, kept, outline, wanted_section
from engage.surveys.desk.pages import pages
from engage.surveys.forms.grid import GridForm
from engage.surveys.queries.drafts import draft
from engage.surveys.rules.grids import add_grid


@pages.get("/drafts/<code>/parts/<part>/grid")
@open_to(Role.VOICE)
def ask_grid(code: str, part: str) -> ResponseReturnValue:
    return _page(code, part, GridForm())


@pages.post("/drafts/<code>/parts/<part>/grid")
@open_to(Role.VOICE)
def keep_grid(code: str, part: str) -> ResponseReturnValue:
    known, form = draft(code), GridForm()
    wanted_section(known, part)
    if not form.validate():
        return _page(code, part, form), 422
    step = Step("added an item", lambda new: add_grid(new, part, form.grid()))
    return kept(known, step, again=lambda error: _page(code, part, form, trouble=error), then=outline(code, part))


def _page(code: str, part: str, form: GridForm, **more: object) -> str:
    known = draft(code)
    section = wanted_section(known, part)
    return render_template("surveys/desk/draft_grid.html", draft=known, form=form, section=section, **more)
