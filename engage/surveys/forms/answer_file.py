"""What somebody says who takes answers away: as what, and why."""

from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from engage.shared.forms import PageForm, choices
from engage.surveys.rules.answer_files.taking import FULL_REASONS, KINDS, REASONS, Taking


class AnswerFileForm(PageForm):
    """A file of answers; nothing is chosen beforehand but the kind of file."""

    reason = SelectField(
        "Why do you take answers away?",
        [DataRequired("Choose a reason")],
        choices=choices(REASONS, first="Choose a reason"),
        description="It is written down with your name. The reason decides what is hidden.",
    )
    agreed = StringField(
        "Who agreed that it leaves in full, and when?",
        [Length(max=120)],
        description="Only for answers in full. It is written down too.",
    )
    kind = RadioField("As what?", choices=choices(KINDS), default="csv")
    earlier = BooleanField("Earlier waves of this survey too, in one file")

    def validate_agreed(self, field: StringField) -> None:
        """Want to know who agreed where nothing is hidden."""
        if self.reason.data in FULL_REASONS and not field.data:
            raise ValidationError("Say who agreed, and when: in full, people can be picked out")

    def record(self) -> Taking:
        """What was asked for."""
        return Taking(self.kind.data, self.reason.data, self.agreed.data or "", bool(self.earlier.data))
