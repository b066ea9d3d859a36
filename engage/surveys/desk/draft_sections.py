"""Staff pages: the parts of a survey being written."""

from functools import partial

from flask.typing import ResponseReturnValue

from engage.accounts.guards import open_to
from engage.accounts.rules import Role
from engage.shared.errors import EngageError
from engage.surveys.desk.draft_parts import (
    Step,
    kept,
    outline,
    outline_page,
    part_page,
    seen_section,
    sure_page,
    theirs_of,
    wanted_section,
)
from engage.surveys.desk.pages import pages
from engage.surveys.forms.draft import SectionForm, section_facts
from engage.surveys.queries.drafts import draft
from engage.surveys.rules import drafting
from engage.surveys.rules.drafting import Document, code_from, codes_of, section_of


@pages.get("/drafts/<code>/parts/new")
@open_to(Role.VOICE)
def ask_new_section(code: str) -> ResponseReturnValue:
    return part_page("draft_section.html", draft(code), SectionForm(), {}, section=None)


@pages.post("/drafts/<code>/parts/new")
@open_to(Role.VOICE)
def add_section(code: str) -> ResponseReturnValue:
    known, form = draft(code), SectionForm()
    if not form.validate():
        return part_page("draft_section.html", known, form, {}, section=None), 422
    own = code_from(form.title.data, taken=codes_of(known.document), fallback="part")
    step = Step("added a part", lambda new: drafting.add_section(new, {"code": own, **form.record({})}))
    return kept(known, step, again=lambda error: _section_again(code, own, form, error), then=outline(code, own))


@pages.get("/drafts/<code>/parts/<part>")
@open_to(Role.VOICE)
def ask_section(code: str, part: str) -> ResponseReturnValue:
    known = draft(code)
    section = wanted_section(known, part)
    form = SectionForm(data=section_facts(section, known.document["rotations"]))
    return part_page("draft_section.html", known, form, section, section=section)


@pages.post("/drafts/<code>/parts/<part>")
@open_to(Role.VOICE)
def keep_section(code: str, part: str) -> ResponseReturnValue:
    known, form = draft(code), SectionForm()
    section = wanted_section(known, part)
    if not form.validate():
        return part_page("draft_section.html", known, form, section, section=section), 422
    again = partial(_section_again, code, part, form)
    return kept(known, _change(part, section, form), again=again, then=outline(code, part))


@pages.get("/drafts/<code>/parts/<part>/delete")
@open_to(Role.VOICE)
def ask_delete_section(code: str, part: str) -> ResponseReturnValue:
    known = draft(code)
    section = wanted_section(known, part)
    number = len(section["items"])
    words = f"It holds {number} items, and they go with it." if number else "It holds nothing."
    return sure_page(known, f"Delete the part “{section['title']['en']}”?", words)


@pages.post("/drafts/<code>/parts/<part>/delete")
@open_to(Role.VOICE)
def delete_section(code: str, part: str) -> ResponseReturnValue:
    known = draft(code)
    wanted_section(known, part)
    step = Step("deleted a part", lambda new: drafting.delete_section(new, part))
    return kept(known, step, again=lambda error: outline_page(draft(code), trouble=error), then=outline(code))


def _change(part: str, section: Document, form: SectionForm) -> Step:
    facts, show = form.record(section), form.show.data or 0
    seen = seen_section(part, form.seen.data)
    return Step("changed a part", lambda new: drafting.replace_section(new, part, facts, show=show), seen)


def _section_again(code: str, part: str, form: SectionForm, error: EngageError) -> str:
    known = draft(code)
    section = section_of(known.document, part)
    theirs = theirs_of(section, lambda each: section_facts(each, known.document["rotations"]))
    return part_page("draft_section.html", known, form, section, section=section, trouble=error, theirs=theirs)
