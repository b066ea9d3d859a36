"""Staff pages: type a survey that came on paper; two people type each sheet, and what differs is shown."""

from collections.abc import Mapping, Sequence
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.shared import db
from engage.shared.clock import today
from engage.shared.errors import NotOpen, NotValid
from engage.shared.languages import NAMES
from engage.surveys.actions.sheets import Typing, type_sheet
from engage.surveys.desk.pages import pages
from engage.surveys.forms.sheets import ANYWHERE, SheetForm
from engage.surveys.forms.young import typed_into
from engage.surveys.queries.sheets import sheet, typed_once
from engage.surveys.queries.waves import definition_of, setting, settings, wave
from engage.surveys.rules.definition import Definition, Item, Kind
from engage.surveys.rules.paper import on_paper
from engage.surveys.rules.said import MISSING_WORDS
from engage.surveys.rules.sentences import said_by
from engage.surveys.rules.waves import Wave


@pages.get("/<code>/paper/typing")
@open_to(Role.VOICE)
def ask_sheet(code: str) -> ResponseReturnValue:
    return _page(wave(code), _form(wave(code)))


@pages.post("/<code>/paper/typing")
@open_to(Role.VOICE)
def keep_sheet(code: str) -> ResponseReturnValue:
    asked = wave(code)
    form = _form(asked)
    if not form.validate():
        return _page(asked, form), 422
    try:
        differ = type_sheet(asked, _typing(asked, form), by=me().id, today=today())
    except (NotValid, NotOpen) as error:
        db.session.rollback()
        return _page(asked, form, trouble=str(error)), error.status
    return (_page(asked, form, differ=differ), 422) if differ else _next(asked, form)


def _next(asked: Wave, form: SheetForm) -> ResponseReturnValue:
    found = sheet(asked.id, form.number.data or "")
    sent = found is not None and found.typed is None
    number = form.number.data
    flash(f"Sheet {number} is in." if sent else f"Sheet {number} is typed once. Now somebody else types it, too.")
    return redirect(url_for("surveys_desk.ask_sheet", code=asked.code), 303)


def _typing(asked: Wave, form: SheetForm) -> Typing:
    place = form.place.data or ANYWHERE
    return Typing(
        number=form.number.data or "",
        language=form.language.data,
        setting_id=None if place == ANYWHERE else setting(asked.id, place).id,
        typed=_typed(asked),
        settled=bool(form.settled.data),
    )


def _typed(asked: Wave) -> dict[str, list[str]]:
    definition = definition_of(asked)
    return typed_into(request.form, definition.fields, numbers=definition.typed_numbers)


def _form(asked: Wave) -> SheetForm:
    form = SheetForm()
    places = [SelectChoice(one.code, one.name) for one in settings(asked.id)]
    form.place.choices = [SelectChoice(ANYWHERE, "No one place"), *places]
    form.language.choices = [SelectChoice(code, NAMES[code]) for code in definition_of(asked).languages]
    return form


def _page(asked: Wave, form: SheetForm, *, trouble: str = "", differ: Sequence[str] = ()) -> str:
    first = sheet(asked.id, form.number.data or "") if differ else None
    return render_template(
        "surveys/desk/typing.html",
        wave=asked, form=form, trouble=trouble, differ=differ, numbers=partial(_numbers, definition_of(asked)),
        said_first=partial(_said, (first.typed or {}) if first else {}),
        parts=on_paper(definition_of(asked), language="en", say=_in_english), definition=definition_of(asked),
        typed=_typed(asked), waiting=[one for one in typed_once(asked.id) if one.typed_by != me().id],
    )  # fmt: skip


def _numbers(definition: Definition, item: Item) -> list[tuple[str, int]]:
    """The numbers that are boxes to tick: ages, or 0 to 10."""
    youngest, oldest = definition.ages
    values = {Kind.AGE: range(youngest, oldest + 1), Kind.NUMBER: range(11)}.get(item.kind, range(0))
    return [(str(value), value) for value in values]


def _said(typed: Mapping[str, list[str]], item: Item) -> str:
    """What the first person typed at an item, in its own words."""
    named = dict(said_by(item)) | MISSING_WORDS
    values = [named.get(value, value) for field in item.fields for value in typed.get(field, ())]
    return ", ".join(values) or "nothing"


def _in_english(words: str, **values: object) -> str:
    return words % values if values else words
