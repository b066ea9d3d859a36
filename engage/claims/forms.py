"""What the information officer types about a claim."""

from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from engage.claims.rules.claims import ENDS, ENDS_OF, KINDS, Claim, Kind, NewClaim, check_received
from engage.shared.clock import today
from engage.shared.errors import NotValid
from engage.shared.forms import PageForm, choices

LONGEST = 2000


class ClaimForm(PageForm):
    """A claim that came in."""

    kind = RadioField("What do they ask?", [InputRequired("Choose what they ask")], choices=choices(KINDS))
    received_on = DateField("The day it came in", [DataRequired("Choose the day it came in")])
    who = StringField(
        "Who asks, and how to reach them",
        [DataRequired("Type who asks"), Length(max=300)],
        description="Sealed, and forgotten three years after it is closed.",
    )
    words = TextAreaField("What they ask, in their words", [DataRequired("Type what they ask"), Length(max=LONGEST)])

    def validate_received_on(self, field: DateField) -> None:
        """Say at the box that a day has not come or is long gone, so that the rest stays as it was typed."""
        try:
            check_received(field.data, today())
        except NotValid as error:
            raise ValidationError(str(error)) from error

    def record(self) -> NewClaim:
        """Give what was typed."""
        return NewClaim(Kind(self.kind.data), self.received_on.data, self.who.data, self.words.data)


class StepForm(PageForm):
    """What was done."""

    words = TextAreaField(
        "What was done",
        [DataRequired("Type what was done"), Length(max=LONGEST)],
        description="Where you looked, whom you asked.",
    )


class CloseForm(PageForm):
    """How it ended."""

    outcome = SelectField("How it ended", [InputRequired("Choose how it ended")])
    told = TextAreaField("What they were told", [DataRequired("Type what they were told"), Length(max=LONGEST)])

    def offer(self, claim: Claim) -> "CloseForm":
        """Offer the ends that a claim of this kind may have, and give the form back."""
        self.outcome.choices = choices({end: ENDS[end] for end in ENDS_OF[claim.kind]}, first="Choose how it ended")
        return self
