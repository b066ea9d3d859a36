"""What is typed about decisions and challenges."""

from collections.abc import Mapping

from wtforms import DateField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from engage.pqa.rules.decisions import NewDecision, check_decision
from engage.shared.clock import today
from engage.shared.errors import NotValid
from engage.shared.forms import OneOf, PageForm, choices


class DecisionForm(PageForm):
    """One decision of the panel."""

    asked_id = SelectField("It decides", coerce=int)
    words = TextAreaField("What was decided?", [DataRequired("Write what was decided"), Length(max=800)])
    views_changed = TextAreaField(
        "How did young people's views change this?",
        [DataRequired("Say how young people's views changed this"), Length(max=800)],
        description="If they did not, say what they said, and why it was decided otherwise.",
    )
    owner_id = OneOf("Who does it", "Choose who does it")
    due_on = DateField("By", [DataRequired("Choose a day")])

    def offer(self, asked: Mapping[int, str], owners: Mapping[int, str]) -> None:
        """Fill the lists of questions and of people."""
        self.asked_id.choices = choices({0: "Nothing that was asked: the panel's own", **asked})
        self.owner_id.offer(owners)

    def record(self) -> NewDecision:
        """Give what was typed."""
        return NewDecision(
            self.words.data, self.views_changed.data, self.owner_id.data, self.due_on.data, self.asked_id.data or None
        )

    def validate_views_changed(self, _field: TextAreaField) -> None:
        """Raise for what is no answer, such as "n/a"."""
        try:
            check_decision(NewDecision("", self.views_changed.data, 0, today()), today=today())
        except NotValid as error:
            raise ValidationError(str(error)) from error

    def validate_due_on(self, field: DateField) -> None:
        """Raise for a day that has gone."""
        if field.data is not None and field.data < today():
            raise ValidationError("That day has passed. Choose a day that is still to come.")


class DoneForm(PageForm):
    """What came of a decision."""

    came_of_it = TextAreaField("What came of it?", [DataRequired("Say what came of it"), Length(max=800)])


class ChallengeForm(PageForm):
    """A challenge to a pack."""

    challenge = TextAreaField(
        "What do you challenge?",
        [DataRequired("Write what you challenge"), Length(max=1200)],
        description="It has to be answered, and stands in the next pack until it is.",
    )


class AnswerForm(PageForm):
    """The answer to a challenge."""

    answer = TextAreaField("The answer", [DataRequired("Write the answer"), Length(max=1200)])
