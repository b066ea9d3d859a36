"""What staff type about felt-checks: until when, what a forum said, which question of a wave asks the same."""

from datetime import date

from flask_babel import lazy_gettext as _
from wtforms import DateField, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from engage.shared.clock import today
from engage.shared.errors import NotValid
from engage.shared.forms import PageForm, choices
from engage.youwesaid.rules.felt_check import Counts, NewHands, check_met

MOST = 500  # a forum is a room
NONE = "-"


class WindowForm(PageForm):
    """The last day that young people are asked."""

    closes_on = DateField(_("Ask until"), [DataRequired(_("Choose a day"))])


def _hands(label: str) -> IntegerField:
    number = [InputRequired(_("Type a number, 0 if nobody")), NumberRange(0, MOST, _("Type a number from 0 to 500"))]
    return IntegerField(label, number)


class HandsForm(PageForm):
    """How many put a hand up for what."""

    forum = StringField(_("Which forum"), [DataRequired(_("Say which forum")), Length(max=160)])
    met_on = DateField(_("The day it met"), [DataRequired(_("Choose a day"))])
    better = _hands(_("Better"))
    no_change = _hands(_("No change"))
    worse = _hands(_("Worse"))
    dont_know = _hands(_("I don't know"))

    opened_on: date | None = None

    def since(self, opened_on: date) -> "HandsForm":
        """Know the day that asking began."""
        self.opened_on = opened_on
        return self

    def validate_met_on(self, field: DateField) -> None:
        """Raise for a forum that met before asking began, or did not meet yet."""
        try:
            check_met(field.data, opened_on=self.opened_on or field.data, today=today())
        except NotValid as error:
            raise ValidationError(str(error)) from error

    def record(self) -> NewHands:
        """Give what was counted."""
        counts = Counts(self.better.data, self.no_change.data, self.worse.data, self.dont_know.data)
        return NewHands(self.forum.data, self.met_on.data, counts)


class WaveForm(PageForm):
    """Which question of a wave asks the same."""

    question = SelectField(_("Question of a survey"))

    def offer(self, questions: dict[str, str]) -> "WaveForm":
        """Fill the list of questions."""
        self.question.choices = choices({NONE: _("None"), **questions})
        return self

    def record(self) -> tuple[str, str]:
        """Give the wave and the item, both empty for none."""
        wave_code, _space, item = self.question.data.partition(" ")
        return ("", "") if self.question.data == NONE else (wave_code, item)
