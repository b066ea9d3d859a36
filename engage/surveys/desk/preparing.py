"""Staff pages: change a wave before it opens, its schools, homes and groups, and what it says once it has closed."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import open_to
from engage.accounts.rules import Role
from engage.shared import db
from engage.shared.errors import NotValid
from engage.shared.languages import NAMES
from engage.surveys.actions import preparing as actions
from engage.surveys.actions import settings as places
from engage.surveys.desk.pages import pages
from engage.surveys.forms.wave import ChangedWaveForm, ClosingForm, SettingForm
from engage.surveys.queries.waves import definition_of, modules, setting, wave
from engage.surveys.rules.waves import Wave, check_may_change


@pages.get("/<code>/change")
@open_to(Role.VOICE)
def ask_change(code: str) -> ResponseReturnValue:
    asked = wave(code)
    check_may_change(asked)
    return _change_page(asked, _change_form(asked))


@pages.post("/<code>/change")
@open_to(Role.VOICE)
def change_wave(code: str) -> ResponseReturnValue:
    asked = wave(code)
    form = _change_form(asked)
    if not form.validate():
        return _change_page(asked, form), 422
    try:
        actions.change_wave(asked.id, form.new_wave())
    except NotValid as error:
        db.session.rollback()
        return _change_page(asked, form, trouble=str(error)), 422
    return _back(code)


@pages.get("/<code>/closing")
@open_to(Role.VOICE)
def ask_closing(code: str) -> ResponseReturnValue:
    return _closing_page(wave(code), _closing_forms(wave(code)))


@pages.post("/<code>/closing")
@open_to(Role.VOICE)
def keep_closing(code: str) -> ResponseReturnValue:
    asked = wave(code)
    forms = _closing_forms(asked)
    wrong = [form for form in forms.values() if not form.validate()]  # each of them, so that each says what is wrong
    if wrong:
        return _closing_page(asked, forms), 422
    actions.say_closing(asked.id, {language: form.words.data or "" for language, form in forms.items()})
    flash("Kept. It stands on the survey's page once it has closed.")
    return _back(code)


@pages.get("/<code>/settings/<place>")
@open_to(Role.VOICE)
def ask_setting(code: str, place: str) -> ResponseReturnValue:
    asked = wave(code)
    found = setting(asked.id, place)
    form = SettingForm(data={"name": found.name, "target": found.target, "contact": found.contact})
    return render_template("surveys/desk/setting.html", wave=asked, setting=found, form=form)


@pages.post("/<code>/settings/<place>")
@open_to(Role.VOICE)
def change_setting(code: str, place: str) -> ResponseReturnValue:
    asked, form = wave(code), SettingForm()
    found = setting(asked.id, place)
    if not form.validate():
        return render_template("surveys/desk/setting.html", wave=asked, setting=found, form=form), 422
    places.change_setting(found.id, form.record())
    return _back(code)


@pages.post("/<code>/settings/<place>/remove")
@open_to(Role.VOICE)
def remove_setting(code: str, place: str) -> ResponseReturnValue:
    found = setting(wave(code).id, place)
    places.remove_setting(found.id)
    flash(f"{found.name} is taken away.")
    return _back(code)


def _change_form(asked: Wave) -> ChangedWaveForm:
    form = ChangedWaveForm(obj=asked) if request.method == "GET" else ChangedWaveForm()
    form.offer_modules(modules(asked.version_id))
    return form


def _change_page(asked: Wave, form: ChangedWaveForm, *, trouble: str = "") -> str:
    return render_template("surveys/desk/change_wave.html", wave=asked, form=form, trouble=trouble)


def _closing_forms(asked: Wave) -> dict[str, ClosingForm]:
    said = dict(asked.closings)
    languages = definition_of(asked).languages
    return {code: ClosingForm(prefix=f"{code}-", data={"words": said.get(code, "")}) for code in languages}


def _closing_page(asked: Wave, forms: dict[str, ClosingForm]) -> str:
    return render_template("surveys/desk/closing.html", wave=asked, forms=forms, names=NAMES)


def _back(code: str) -> ResponseReturnValue:
    return redirect(url_for("surveys_desk.show_wave", code=code), 303)
