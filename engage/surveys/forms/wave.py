"""What the team types about a wave: its days, its texts, its settings."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Email, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from engage.shared.forms import PageForm, choices
from engage.surveys.rules.waves import SMALLEST, TEXTS, NewSetting, NewWave

LONGEST = 400
BEFORE = ("title", "code", "audience", "about")
DAYS = ("opens_on", "closes_on", "panel_on", "promised_on")
MODES = {
    "private": "Private: nobody can know who answers",
    "known": "Known: the people named as readers know who answers",
}


def _text(label: str, missing: str, description: str = "") -> TextAreaField:
    required = [DataRequired(missing), Length(max=LONGEST)]
    return TextAreaField(label, validators=required, description=description, render_kw={"rows": 3})


def _day(label: str, missing: str) -> DateField:
    return DateField(label, validators=[DataRequired(missing)])


class WaveWordsForm(PageForm):
    """The texts of a wave that young people see, in one language; staff pages are in English."""

    title = StringField("Title young people see", validators=[DataRequired("Give it a title"), Length(max=200)])
    audience = _text(
        "Who will read this", "Name who will read it", "All of them; safeguarding leads may read every written answer."
    )
    can_change = _text("What can change", "Say what can change")
    cannot_change = _text("What cannot change", "Say what cannot change")

    def record(self) -> dict[str, str]:
        """The four texts."""
        return {name: getattr(self, name).data or "" for name in TEXTS}


class NewWaveForm(WaveWordsForm):
    """A wave to prepare."""

    version_id = SelectField("Survey", coerce=int)
    mode = SelectField("Private or known", choices=choices(MODES), default="private")
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
    by_card = BooleanField(
        "Only with the code of a printed card: each code sends once",
        description="So each person, or each organisation, answers once: print as many cards as there are.",
    )
    offered = HiddenField()
    other_survey = SubmitField("Show what this survey can ask more")
    about = StringField(
        "What it follows, if it follows something",
        description="For example: forum 7, or the update about the dark path. Staff see it beside the results.",
        validators=[Length(max=120)],
    )

    def offer_modules(self, names: Sequence[str]) -> None:
        """Offer what the chosen survey can ask more; what was ticked while another was chosen is let go."""
        self.modules.choices = [(name, name.replace("_", " ").capitalize()) for name in names]
        self.modules.data = [name for name in self.modules.data or () if name in names]

    def asks_for_others(self) -> bool:
        """True where the survey was chosen after the page came, and what it can ask more was not offered yet."""
        here = " ".join(name for name, _ in self.modules.choices)
        missed = bool(here) and bool(self.offered.raw_data) and self.offered.data != here
        self.offered.data = here
        if missed and not self.other_survey.data:
            self.modules.errors = ["This survey can ask more: tick what you want, and keep it then"]
        return missed or bool(self.other_survey.data)

    def new_wave(self) -> NewWave:
        """What was typed."""
        texts: dict[str, Any] = self.record()
        days: dict[str, Any] = {name: getattr(self, name).data or date.max for name in DAYS}
        return NewWave(
            code=(self.code.data or "") if "code" in self else "",
            mode=self.mode.data,
            by_card=bool(self.by_card.data),
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


class ChangedWaveForm(NewWaveForm):
    """A wave that nobody has seen yet, changed; its survey and its address stay."""

    version_id = None
    code = None
    other_survey = None
    offered = None


class ClosingForm(PageForm):
    """What is said in one language to whoever comes after the last day."""

    words = TextAreaField("What whoever comes too late reads", validators=[Length(max=LONGEST)], render_kw={"rows": 3})


class SettingForm(PageForm):
    """A school, a home or a group of a wave."""

    name = StringField(
        "Name of the school, home or group", validators=[DataRequired("Give it a name"), Length(max=200)]
    )
    target = IntegerField("How many answers you hope for", default=0, validators=[NumberRange(min=0, max=100_000)])
    contact = StringField(
        "Who passes it on there: a work e-mail",
        description="An adult at the school, home or group, who may be reminded. Never a young person.",
        validators=[Optional(), Email("Check the address"), Length(max=200)],
    )

    def record(self) -> NewSetting:
        """What was typed."""
        return NewSetting(self.name.data or "", self.target.data or 0, self.contact.data or "")
