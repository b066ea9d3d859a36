"""What young people and the team type, as typed values."""

from collections.abc import Iterable
from datetime import date

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from engage.receipts.words import WORDS, split
from engage.shared.forms import PageForm
from engage.surveys.rules.text import clean
from engage.surveys.rules.waves import SMALLEST, NewWave

LONGEST = 400


def typed_into(form: MultiDict[str, str], codes: Iterable[str]) -> dict[str, list[str]]:
    """Give what was typed or ticked at these items, cleaned of what nobody types; nothing is judged here."""
    return {code: [text for value in form.getlist(code) if (text := clean(value))] for code in codes}


class WordsForm(PageForm):
    """The four words."""

    words = StringField(
        _("Your four words"),
        description=_("In the order you got them, with a space between."),
        validators=[InputRequired(_("Type your four words")), Length(max=200)],
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
            InputRequired(_("Write how we can reach you, or go back")),
            Length(max=2000, message=_("Make it a little shorter: up to 2000 characters")),
        ],
        render_kw={"rows": 5, "dir": "auto"},
    )
    connect = BooleanField(_("Show them my answers too"))

    def record(self) -> tuple[str, bool]:
        """The words, and whether to connect them with the answers."""
        return self.words.data or "", bool(self.connect.data)


class NewWaveForm(PageForm):
    """A wave to prepare; staff pages are in English."""

    version_id = SelectField("Survey", coerce=int)
    code = StringField(
        "Word in its address",
        description="Small letters, digits, hyphens: youth-2027",
        validators=[InputRequired(), Length(max=40)],
    )
    title = StringField("Title young people see", validators=[InputRequired(), Length(max=200)])
    opens_on = DateField("Opens on", validators=[InputRequired("Choose the first day")])
    closes_on = DateField("Last day", validators=[InputRequired("Choose the last day")])
    panel_on = DateField("The panel looks at it on", validators=[InputRequired("Choose the day of the panel")])
    promised_on = DateField("Young people get an answer by", validators=[InputRequired("Choose the day you promise")])
    audience = TextAreaField(
        "Who will read this", validators=[InputRequired("Name who will read it"), Length(max=LONGEST)]
    )
    can_change = TextAreaField(
        "What can change", validators=[InputRequired("Say what can change"), Length(max=LONGEST)]
    )
    cannot_change = TextAreaField(
        "What cannot change", validators=[InputRequired("Say what cannot change"), Length(max=LONGEST)]
    )
    minimum = IntegerField("Smallest group shown", default=SMALLEST, validators=[NumberRange(min=SMALLEST)])
    sensitive = BooleanField("It is about something sensitive")

    def record(self) -> NewWave:
        """What was typed."""
        return NewWave(
            code=self.code.data or "",
            title=self.title.data or "",
            opens_on=self.opens_on.data or date.max,
            closes_on=self.closes_on.data or date.max,
            panel_on=self.panel_on.data or date.max,
            promised_on=self.promised_on.data or date.max,
            audience=self.audience.data or "",
            can_change=self.can_change.data or "",
            cannot_change=self.cannot_change.data or "",
            minimum=self.minimum.data or SMALLEST,
            sensitive=bool(self.sensitive.data),
        )


class SettingForm(PageForm):
    """A school, a home or a group to add to a wave."""

    name = StringField(
        "Name of the school, home or group", validators=[InputRequired("Give it a name"), Length(max=200)]
    )
    target = IntegerField("How many answers you hope for", default=0, validators=[NumberRange(min=0, max=100_000)])

    def record(self) -> tuple[str, int]:
        """Name and target."""
        return self.name.data or "", self.target.data or 0
