"""What a forum's page says when its four questions are prepared: nothing of it is typed."""

from wtforms import DateField, StringField
from wtforms.validators import DataRequired, Length, Regexp

from engage.shared.forms import PageForm
from engage.surveys.rules.after import wave_after
from engage.surveys.rules.waves import NewWave


class AfterForm(PageForm):
    """Which forum, the word in the address, and the days."""

    about = StringField(validators=[DataRequired(), Regexp(r"forum \d{1,9}$")])
    code = StringField(validators=[DataRequired(), Length(max=40)])
    opens_on = DateField(validators=[DataRequired()])
    closes_on = DateField(validators=[DataRequired()])
    promised_on = DateField(validators=[DataRequired()])

    def new_wave(self) -> NewWave:
        """Give the wave."""
        days = {"meets_on": self.opens_on.data, "closes_on": self.closes_on.data, "promised_on": self.promised_on.data}
        return wave_after(self.about.data, self.code.data, **days)
