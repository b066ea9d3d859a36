"""What the team chooses when it says for whom an item is shown."""

from typing import Any

from wtforms import HiddenField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from engage.shared.forms import PageForm, choices
from engage.surveys.rules.definition import Item
from engage.surveys.rules.sentences import operators_for, test_of, values_of

JOINS = {"all": "All of these must be true", "any": "One of these is enough"}


class AboutForm(PageForm):
    """The question that a new condition looks at."""

    class Meta(PageForm.Meta):
        """It only asks for a page, so it carries no token."""

        csrf = False

    about = SelectField("Add: it depends on the answer to")


class JoinForm(PageForm):
    """Whether all conditions must hold, or one."""

    join = RadioField("When there are several", choices=choices(JOINS))
    seen = HiddenField()


class TestForm(PageForm):
    """One condition on the answer to one question."""

    operator = RadioField("The answer")
    values = SelectMultipleField("Which", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    number = IntegerField(
        "Number", validators=[Optional(), NumberRange(min=0, max=9999, message="A whole number from 0 to 9999")]
    )
    seen = HiddenField()

    def about(self, item: Item) -> "TestForm":
        """Offer what can be asked of this item."""
        self.operator.choices = choices(operators_for(item))
        self.values.choices = choices(values_of(item))
        if not self.operator.data:
            self.operator.data = next(iter(operators_for(item)))
        return self

    def holds_together(self) -> bool:
        """Whether there is something to compare with."""
        if not self.validate():
            return False
        if (
            self.operator.data == "answered"
            or self.values.data
            or (not self.values.choices and self.number.data is not None)
        ):
            return True
        field: Any = self.values if self.values.choices else self.number
        field.errors = [*field.errors, "Tick at least one answer" if self.values.choices else "Write a number"]
        return False

    def record(self, item: Item) -> dict[str, object]:
        """The condition as data."""
        values = self.values.data or [str(self.number.data)]
        return test_of(item.code, self.operator.data, values)
