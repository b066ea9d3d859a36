"""Staff pages of a concern's public page: translations side by side, and where it is."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.shared.clock import today
from engage.shared.languages import direction_of, offered
from engage.shared.paging import page_asked, page_of
from engage.youwesaid.actions import area
from engage.youwesaid.actions import translating as actions
from engage.youwesaid.desk.pages import pages
from engage.youwesaid.forms.translating import STILL, AreaForm, TranslationForm, translation_form
from engage.youwesaid.queries import desk as queries
from engage.youwesaid.queries.own_words import ENGLISH
from engage.youwesaid.queries.public import areas_of
from engage.youwesaid.queries.translating import Text, mark_of_waiting, progress, texts
from engage.youwesaid.rules.translating import STANDINGS

READERS = (Role.VOICE, Role.PQA, Role.SAFEGUARDING, Role.SCRUTINEER)
SPEAKERS = (Role.VOICE, Role.PQA, Role.SAFEGUARDING)


@pages.get("/translations/")
@open_to(*READERS)
def show_translations() -> ResponseReturnValue:
    page = page_of(progress(me(), list(_languages())), page_asked())
    return render_template("youwesaid/desk/translations.html", page=page, languages=_languages(), standings=STANDINGS)


@pages.get("/concerns/<int:concern_id>/translation/<language>")
@open_to(*READERS)
def show_translation(concern_id: int, language: str) -> ResponseReturnValue:
    found = _texts(concern_id, language)
    return _page(concern_id, language, found, translation_form(found, MultiDict()))


@pages.post("/concerns/<int:concern_id>/translation/<language>")
@open_to(Role.VOICE)
def translate(concern_id: int, language: str) -> ResponseReturnValue:
    found = _texts(concern_id, language)
    form = translation_form(found, request.form)
    if not form.validate():
        return _page(concern_id, language, found, form), 422
    changed = actions.translate(concern_id, language, form.record(found), by=me(), today=today())
    return _back(concern_id, language, f"Kept: {changed} changed. The public page shows them now.")


@pages.post("/concerns/<int:concern_id>/translation/<language>/sign_off")
@open_to(*SPEAKERS)
def sign_off(concern_id: int, language: str) -> ResponseReturnValue:
    _texts(concern_id, language)
    checked = actions.sign_off(concern_id, language, by=me(), today=today(), read=request.form.get("read", ""))
    return _back(concern_id, language, f"Signed off: {checked} texts that somebody else translated.")


@pages.get("/concerns/<int:concern_id>/areas")
@open_to(Role.VOICE)
def show_areas(concern_id: int) -> ResponseReturnValue:
    return _areas(concern_id, AreaForm(MultiDict([("areas", area) for area in areas_of(concern_id)])))


@pages.post("/concerns/<int:concern_id>/areas")
@open_to(Role.VOICE)
def place(concern_id: int) -> ResponseReturnValue:
    form = AreaForm(request.form)
    if not form.validate():
        return _areas(concern_id, form), 422
    area.place(queries.concern(concern_id, me(), today=today()).id, form.areas.data)
    flash("The public page says where it is now.")
    return redirect(url_for("youwesaid_desk.show_concern", concern_id=concern_id), 303)


def _languages() -> dict[str, str]:
    return {code: name for code, name in offered().items() if code != ENGLISH}


def _texts(concern_id: int, language: str) -> list[Text]:
    if language not in _languages():
        abort(404)
    return texts(queries.concern(concern_id, me(), today=today()).id, language)


def _page(concern_id: int, language: str, found: list[Text], form: TranslationForm) -> str:
    concern = queries.concern(concern_id, me(), today=today())
    waits = [text for text in found if text.standing == "unchecked"]
    return render_template(
        "youwesaid/desk/translation.html",
        concern=concern, code=language, languages=_languages(), texts=found, form=form, standings=STANDINGS,
        still=STILL, turned=direction_of(language), roles=me().roles, waits=len(waits),
        read=mark_of_waiting(found), speaks=not me().roles.isdisjoint(SPEAKERS),
        own=bool(waits) and all(text.written_by == me().id for text in waits),
    )  # fmt: skip


def _areas(concern_id: int, form: AreaForm) -> str:
    concern = queries.concern(concern_id, me(), today=today())
    return render_template("youwesaid/desk/areas.html", concern=concern, form=form)


def _back(concern_id: int, language: str, words: str) -> ResponseReturnValue:
    flash(words)
    address = url_for("youwesaid_desk.show_translation", concern_id=concern_id, language=language)
    return redirect(address, 303)
