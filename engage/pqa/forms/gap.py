"""Who looks after a group that was not heard."""

from collections.abc import Sequence
from typing import Self

from wtforms import DateField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from engage.accounts.rules import Person
from engage.pqa.rules.heard import NewGap
from engage.shared.clock import today
from engage.shared.forms import OneOf, PageForm


class GapForm(PageForm):
    """A person, what they will do, and by when."""

    owner_id = OneOf("Who looks after it", "Choose a person")
    plan = TextAreaField(
        "What will be done so that they are heard",
        [DataRequired("Write what will be done"), Length(max=300)],
        description="One or two sentences: where you will go, with whom, in which language.",
    )
    by_when = DateField("By when", [DataRequired("Choose a day")])

    @classmethod
    def among(cls, people: Sequence[Person]) -> Self:
        """Offer the people who may look after it."""
        form = cls()
        form.owner_id.offer({person.id: person.name for person in people})
        return form

    def validate_by_when(self, field: DateField) -> None:
        """Raise `ValidationError` for a day that has gone."""
        if field.data and field.data < today():
            raise ValidationError("Choose a day that is still to come")

    def record(self) -> NewGap:
        """What was typed."""
        return NewGap(self.owner_id.data, self.plan.data, self.by_when.data)
