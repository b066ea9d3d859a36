"""Fields that several of these forms share."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import FieldList, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, StopValidation, ValidationError

from engage.forums.rules.forums import OLDEST
from engage.forums.rules.reach import LONGEST, reach
from engage.shared.errors import NotValid
from engage.shared.forms import PageForm, choices

LONGEST_NAME = 60
LONGEST_NEED = 500
YES_NO = {"yes": _("Yes"), "no": _("No")}
PHOTOS = {
    "none": _("No photos of me"),
    "inside": _("Only photos that the partnership's own staff see"),
    "public": _("Photos that anybody can see, without my name"),
}


@dataclass(frozen=True)
class Typed:
    """One line of the page that checks answers: the question, and what was typed or chosen."""

    question: str
    words: str


class SignUpForm(PageForm):
    """A form whose answers are shown once more before they are sent; `ages` are the youngest and oldest it takes.

    `leave_out` names boxes that this forum does not ask for.
    """

    def __init__(
        self, *args: Any, ages: tuple[int, int] | None = None, leave_out: tuple[str, ...] = (), **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.ages = ages
        for name in leave_out:
            self._fields.pop(name, None)

    def answers(self) -> list[Typed]:
        """Give what was filled in, in the order of the page."""
        asked = [field for field in self if field.data and not isinstance(field, HiddenField | FieldList)]
        asked = [field for field in asked if field.short_name not in self.not_asked()]
        return [Typed(str(field.label.text), _words_of(field)) for field in asked]

    def not_asked(self) -> frozenset[str]:
        """Give the names of boxes that do not matter after what stands in the others."""
        return frozenset()

    def people(self) -> list[list[Typed]]:
        """Give the same for each further person of the form."""
        return []


def check_ages(ages: tuple[int, int] | None, age: int | None) -> None:
    """Raise `ValidationError` for an age that the forum is not for."""
    if ages and age is not None and not ages[0] <= age <= ages[1]:
        raise ValidationError(gettext("This forum is for ages %(from)s to %(to)s.", **{"from": ages[0], "to": ages[1]}))


def _words_of(field: Any) -> str:
    if isinstance(field, SelectField):  # radio buttons are one kind of it
        return next((str(choice.label) for choice in field.choices if choice.value == field.data), "")
    return str(field.data)


class Reachable:
    """Accept an e-mail address or a phone number, written in any usual way; what stays is written one way."""

    def __call__(self, _form: Any, field: Any) -> None:
        """Write it one way. Raises `ValidationError` with what to do."""
        try:
            field.data = reach(field.data or "")
        except NotValid as problem:
            raise ValidationError(gettext(str(problem))) from problem


class NeededWhen:
    """Ask for an answer only where `when(form)` holds; elsewhere none is fine."""

    field_flags: dict[str, bool] = {}

    def __init__(self, when: Any, message: Any) -> None:
        self.when, self.message = when, message

    def __call__(self, form: Any, field: Any) -> None:
        """Stop where there is no answer. Raises `StopValidation`."""
        if not field.data:
            field.errors = []
            raise StopValidation(str(self.message) if self.when(form) else "")


def name_box(label: Any, missing: Any, **more: Any) -> StringField:
    """A short box that has to be filled in."""
    limits = [DataRequired(missing), Length(max=LONGEST_NAME, message=_("Make it shorter: up to 60 letters"))]
    return StringField(label, limits, render_kw={"autocomplete": "off", "dir": "auto"}, **more)


def age_box(label: Any, *, needed: Any = lambda _form: True) -> IntegerField:
    """An age on the day, in whole years."""
    wanted = _("Type an age in whole years, like 14")
    return IntegerField(
        label,
        [NeededWhen(needed, wanted), NumberRange(min=1, max=99, message=wanted)],
        render_kw={"inputmode": "numeric", "autocomplete": "off", "min": 1, "max": OLDEST},
    )


def reach_box(label: Any, *first: Any, description: Any = "") -> StringField:
    """An e-mail address or a phone number."""
    return StringField(
        label,
        [*first, Length(max=LONGEST, message=_("That is too long for an address or a number")), Reachable()],
        description=description,
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr"},
    )


def need_box(label: Any, description: Any) -> TextAreaField:
    """A few words about what somebody needs; none are fine."""
    return TextAreaField(
        label,
        [Optional(), Length(max=LONGEST_NEED, message=_("Make it a little shorter: up to 500 letters"))],
        description=description,
        render_kw={"rows": 3, "dir": "auto"},
    )


def choice(label: Any, words: dict[Any, Any], *first: Any, description: Any = "", **more: Any) -> RadioField:
    """One of several; which ones are known is checked, whether one was chosen only where `first` asks for it."""
    checks = [*first, *([] if first else [Optional()])]
    asked = {"choices": choices(words), "invalid_choice_message": _("Choose one of these"), **more}
    return RadioField(label, checks, description=description, **asked)
