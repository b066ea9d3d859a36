"""What young people and the team type, as typed values."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from engage.receipts.words import WORDS, split
from engage.shared.forms import PageForm
from engage.surveys.rules.text import clean
from engage.surveys.rules.waves import SMALLEST, TEXTS, NewWave

LONGEST = 400
BEFORE = ("title", "code", "audience", "about")
DAYS = ("opens_on", "closes_on", "panel_on", "promised_on")


def typed_into(form: MultiDict[str, str], codes: Iterable[str]) -> dict[str, list[str]]:
    """Give what was typed or ticked at these items, cleaned of what nobody types; nothing is judged here."""
    return {code: [text for value in form.getlist(code) if (text := clean(value))] for code in codes}


class WordsForm(PageForm):
    """The four words."""

    words = StringField(
        _("Your four words"),
        description=_("In the order you got them, with a space between."),
        validators=[
            DataRequired(_("Type your four words")),
            Length(max=200, message=_("Type only your four words")),
        ],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr"},
    )

    def record(self) -> tuple[str, ...]:
        """The words as they were typed, at most four."""
        return tuple(split(self.words.data or "")[:WORDS])


class ContactForm(PageForm):
    """Somebody is asked to get in touch."""

    words = TextAreaField(
        _("How can we reach you?"),
        description=_(
            "A first name, and a phone number or an email. Say when it is safe to get in touch. "
            "Say what it is about, if you want to."
        ),
        validators=[
            DataRequired(_("Write how we can reach you, or go back")),
            Length(max=2000, message=_("Make it a little shorter: up to 2000 characters")),
        ],
        render_kw={"rows": 5, "dir": "auto"},
    )
    connect = BooleanField(_("Show them my answers too"))

    def record(self) -> tuple[str, bool]:
        """The words, and whether to connect them with the answers."""
        return self.words.data or "", bool(self.connect.data)


def _text(label: str, missing: str) -> TextAreaField:
    return TextAreaField(label, validators=[DataRequired(missing), Length(max=LONGEST)], render_kw={"rows": 3})


def _day(label: str, missing: str) -> DateField:
    return DateField(label, validators=[DataRequired(missing)])


class WaveWordsForm(PageForm):
    """The texts of a wave that young people see, in one language; staff pages are in English."""

    title = StringField("Title young people see", validators=[DataRequired("Give it a title"), Length(max=200)])
    audience = _text("Who will read this", "Name who will read it")
    can_change = _text("What can change", "Say what can change")
    cannot_change = _text("What cannot change", "Say what cannot change")

    def record(self) -> dict[str, str]:
        """The four texts."""
        return {name: getattr(self, name).data or "" for name in TEXTS}


class NewWaveForm(WaveWordsForm):
    """A wave to prepare."""

    version_id = SelectField("Survey", coerce=int)
    code = StringField(
        "Word in its address",
        description="Small letters, digits and hyphens, like youth-2027",
        validators=[DataRequired("Choose a word for its address"), Length(max=40)],
    )
    opens_on = _day("Opens on", "Choose the first day")
    closes_on = _day("Last day", "Choose the last day")
    panel_on = _day("The panel looks at it on", "Choose the day of the panel")
    promised_on = _day("Young people get an answer by", "Choose the day you promise")
    modules = SelectMultipleField(
        "More questions to ask", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    minimum = IntegerField("Smallest group shown", default=SMALLEST, validators=[NumberRange(min=SMALLEST)])
    sensitive = BooleanField("It is about something sensitive")
    about = StringField(
        "What it follows, if it follows something",
        description="For example: forum 7, or the update about the dark path. Staff see it beside the results.",
        validators=[Length(max=120)],
    )

    def new_wave(self) -> NewWave:
        """What was typed."""
        texts: dict[str, Any] = self.record()
        days: dict[str, Any] = {name: getattr(self, name).data or date.max for name in DAYS}
        return NewWave(
            code=self.code.data or "",
            modules=tuple(self.modules.data or ()),
            minimum=self.minimum.data or SMALLEST,
            sensitive=bool(self.sensitive.data),
            about=self.about.data or "",
            **texts,
            **days,
        )


def first_words(named: Mapping[str, str]) -> dict[str, Any]:
    """Give what a link that leads to a new wave has filled in already; a day that is none is left empty."""
    words: dict[str, Any] = {name: named.get(name, "") for name in BEFORE}
    return words | {name: _read_day(named[name]) for name in DAYS if name in named}


def _read_day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


class SettingForm(PageForm):
    """A school, a home or a group to add to a wave."""

    name = StringField(
        "Name of the school, home or group", validators=[DataRequired("Give it a name"), Length(max=200)]
    )
    target = IntegerField("How many answers you hope for", default=0, validators=[NumberRange(min=0, max=100_000)])

    def record(self) -> tuple[str, int]:
        """Name and target."""
        return self.name.data or "", self.target.data or 0
