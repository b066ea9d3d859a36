"""Staff pages: who we have not heard, and who looks after each gap."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import me, open_to
from engage.accounts.queries import people
from engage.accounts.rules import Person, Role
from engage.pqa.actions.heard import name_owner
from engage.pqa.desk.pages import CUTTERS, READERS, pages
from engage.pqa.desk.results import known
from engage.pqa.forms.gap import GapForm
from engage.pqa.queries.heard import heard_in, populations
from engage.pqa.rules.heard import Heard
from engage.shared.clock import today
from engage.shared.errors import NotFound
from engage.shared.words import N_

OWNERS = {Role.VOICE, Role.PQA, Role.SAFEGUARDING, Role.AGENCY}


@pages.get("/results/<wave_code>/heard")
@open_to(*READERS)
def show_heard(wave_code: str) -> ResponseReturnValue:
    results = known(wave_code)
    found = {"heard": heard_in(results), "here": populations(), "namers": CUTTERS}
    return render_template("pqa/desk/heard.html", results=results, **found)


@pages.get("/results/<wave_code>/heard/<item>/<group>")
@open_to(*CUTTERS)
def show_gap(wave_code: str, item: str, group: str) -> ResponseReturnValue:
    return _gap_page(wave_code, _group(wave_code, item, group), GapForm.among(_owners()))


@pages.post("/results/<wave_code>/heard/<item>/<group>")
@open_to(*CUTTERS)
def name_gap_owner(wave_code: str, item: str, group: str) -> ResponseReturnValue:
    about, form = _group(wave_code, item, group), GapForm.among(_owners())
    if not form.validate():
        return _gap_page(wave_code, about, form), 422
    name_owner(item, group, form.record(), by=me(), today=today())
    return redirect(url_for(".show_heard", wave_code=wave_code), 303)


def _gap_page(wave_code: str, about: Heard, form: GapForm) -> str:
    return render_template("pqa/desk/gap.html", wave_code=wave_code, about=about, form=form)


def _owners() -> list[Person]:
    return [person for person in people() if person.roles & OWNERS]


def _group(wave_code: str, item: str, group: str) -> Heard:
    groups = (one for found in heard_in(known(wave_code)).values() for one in found)
    about = next((one for one in groups if (one.item, one.group) == (item, group) and one.is_gap), None)
    if about is None:
        raise NotFound(N_("This group is no gap in this wave. The list says which are."))
    return about
