"""What staff type about alerts and the rota. Staff pages are in English, so these words are not for translators."""

from dataclasses import dataclass
from datetime import date

from wtforms import BooleanField, DateField, EmailField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, Length, ValidationError

from engage.safeguarding.rules.about import OUTSIDER, Telling
from engage.safeguarding.rules.alerts import OUTCOMES
from engage.safeguarding.rules.duty import check_days, working_days
from engage.safeguarding.rules.reading import REASONS
from engage.shared.clock import today
from engage.shared.forms import PageForm, beside_the_box, choices

LONGEST_MESSAGE = 2_000
LONGEST_NOTES = 4_000


@dataclass(frozen=True)
class NewDuty:
    """Who reads from which day to which."""

    person_id: int
    first: date
    last: date
    deputy: bool


class ReasonForm(PageForm):
    """Why somebody opens what is restricted."""

    reason = SelectField(
        "Why are you opening this?",
        [DataRequired("Choose a reason")],
        choices=choices(REASONS, first="Choose a reason"),
    )

    def record(self) -> str:
        """Give the reason in words."""
        return REASONS[self.reason.data]


class OutcomeForm(PageForm):
    """What was done about an alert."""

    outcome = RadioField("What was done?", [DataRequired("Choose what was done")], choices=choices(OUTCOMES))
    notes = TextAreaField(
        "Notes",
        [DataRequired("Write in a sentence what you decided and why"), Length(max=LONGEST_NOTES)],
        description="What you decided and why, who was told and when. Sealed, and read by the second reader.",
    )

    def record(self) -> tuple[str, str]:
        """Give the outcome and the notes."""
        return self.outcome.data, self.notes.data


class SecondForm(PageForm):
    """What a second reader adds."""

    notes = StringField("Anything to add", [Length(max=LONGEST_NOTES)])


class MessageForm(PageForm):
    """A message to the holder of a receipt."""

    words = TextAreaField(
        "Your message",
        [DataRequired("Write your message first"), Length(max=LONGEST_MESSAGE, message="Make it shorter")],
        description="Plain words, and who you are. They see it when they type their four words; nothing is sent.",
    )


class AboutForm(PageForm):
    """Who employs the professional an alert is about."""

    agency = SelectField("They work for", [DataRequired("Choose who they work for")], choices=[])

    def offer(self, agencies: dict[str, str]) -> "AboutForm":
        """Offer these agencies, and give the form back."""
        outside = {str(OUTSIDER): "None of the partners here"}
        self.agency.choices = choices({**agencies, **outside}, first="Choose who they work for")
        return self

    def record(self) -> int:
        """Give the agency's id, or `OUTSIDER`."""
        return int(self.agency.data)


class ReferenceForm(PageForm):
    """What MASH, the police or the LADO calls it."""

    reference = StringField(
        "Reference",
        [DataRequired("Type their reference"), Length(max=60, message="Make it shorter: only the reference")],
        description="As MASH, the police or the LADO gave it. Sealed.",
        render_kw={"maxlength": False},  # a browser would cut what is pasted without a word
    )

    def record(self) -> str:
        """Give the reference."""
        reference: str = self.reference.data
        return reference


class TellForm(PageForm):
    """Whom to ask to call, and on which number."""

    setting = StringField(
        "Which school, home or group",
        [DataRequired("Type its name"), Length(max=120)],
        description="Its name, as it stands in the letter. No name of a young person.",
    )
    address = EmailField(
        "E-mail of its safeguarding lead", [DataRequired("Type the address"), Email("Check the address")]
    )
    phone = StringField("They call you on", [DataRequired("Type your number"), Length(max=40)])

    def record(self) -> Telling:
        """Give whom to write to."""
        return Telling(self.setting.data, self.address.data, self.phone.data)


class DutyForm(PageForm):
    """Days on the rota."""

    person = SelectField("Who", choices=[])
    first = DateField("First day", [DataRequired("Choose the first day")])
    last = DateField("Last day", [DataRequired("Choose the last day")], description="Weekends are left out.")
    deputy = BooleanField("As deputy: steps in when nobody read in time")

    def offer(self, people: dict[str, str]) -> "DutyForm":
        """Offer these people, and give the form back."""
        self.person.choices = choices(people)
        return self

    def validate_first(self, field: DateField) -> None:
        """Refuse days that are over: the rota says afterwards who was to read. Raises `ValidationError`."""
        if field.data < today():
            raise ValidationError("This day is over, and the rota stays as it was. Begin today or later.")

    def validate_last(self, field: DateField) -> None:
        """Refuse days the wrong way round, too many, or all of a weekend. Raises `ValidationError`."""
        if not self.first.data:
            return
        with beside_the_box():
            check_days(self.first.data, field.data)
        if not working_days(self.first.data, field.data):
            raise ValidationError("There is no working day among these. Choose Monday to Friday.")

    def record(self) -> NewDuty:
        """Give what was typed."""
        return NewDuty(int(self.person.data), self.first.data, self.last.data, self.deputy.data)
