"""What is typed around a pack: the meeting's day, a question, why it is corrected, young people's page."""

from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from engage.pqa.rules.pack.states import Correction, NewPage
from engage.pqa.rules.quarters import Quarter, check_meeting
from engage.shared.errors import NotValid
from engage.shared.forms import PageForm


class MeetingForm(PageForm):
    """The day the panel meets."""

    meets_on = DateField("The panel meets on", [DataRequired("Choose a day")])

    def on(self, quarter: Quarter) -> "MeetingForm":
        """Say which quarter it meets on."""
        self.quarter = quarter
        return self

    def validate_meets_on(self, field: DateField) -> None:
        """Raise for a day on which nobody could meet on this quarter."""
        try:
            check_meeting(self.quarter, field.data)
        except NotValid as refusal:
            raise ValidationError(str(refusal)) from refusal


class AskForm(PageForm):
    """Something the panel should decide."""

    words = StringField("What should the panel decide?", [DataRequired("Write what is to be decided"), Length(max=300)])
    why = TextAreaField(
        "Why now, and what young people said",
        [DataRequired("Say why, and what young people said"), Length(max=800)],
        description="Two or three sentences. No child's name.",
    )


class CorrectionForm(PageForm):
    """Why an issued pack is corrected."""

    reason = StringField(
        "Why is it corrected?",
        [DataRequired("Say what was wrong"), Length(max=300)],
        description="It stands at the top of the new version. The old one stays readable.",
    )

    def record(self) -> Correction:
        """Give what was typed."""
        return Correction(self.reason.data)


class PageOfOurs(PageForm):
    """Young people's page, in their own words."""

    title = StringField("A title", [DataRequired("Give it a title"), Length(max=120)])
    words = TextAreaField(
        "What the panel should know",
        [DataRequired("Write something"), Length(max=1800)],
        description="Your own words. Nobody changes them. Leave out names of people and schools.",
    )
    ask = TextAreaField(
        "What we ask the panel to do",
        [DataRequired("Ask for one thing at least"), Length(max=400)],
    )

    def record(self) -> NewPage:
        """Give what was typed."""
        return NewPage(self.title.data, self.words.data, self.ask.data)


class SpanForm(PageForm):
    """The first and the last day of what is looked for; it changes nothing, so it needs no token."""

    class Meta(PageForm.Meta):
        """Sent by GET."""

        csrf = False

    since = DateField("From", [DataRequired("Choose the first day")])
    until = DateField("To", [DataRequired("Choose the last day")])

    def validate_until(self, field: DateField) -> None:
        """Raise when the last day lies before the first."""
        if self.since.data and field.data and field.data < self.since.data:
            raise ValidationError("The last day lies before the first. Choose them the other way round.")
