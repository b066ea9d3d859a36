"""What is typed about a table, and about what came of a forum."""

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from engage.forums.rules.notes import NewNotes, said
from engage.shared.errors import NotValid
from engage.shared.forms import PageForm


class NotesForm(PageForm):
    """What was said at one table."""

    table = StringField("Table", [DataRequired("Which table?"), Length(max=60)], description="For example: 3, or blue")
    question = StringField("What was talked about", [Length(max=200)])
    words = TextAreaField(
        "What was said",
        [DataRequired("Write down at least one thing that was said"), Length(max=60_000)],
        description="One thing on each line, in their own words, without names. Typed or pasted.",
    )

    def validate_words(self, field: TextAreaField) -> None:
        """Raise `ValidationError` for nothing, or for more than anybody writes down at once."""
        try:
            said(field.data)
        except NotValid as error:
            raise ValidationError(str(error)) from error

    def record(self) -> NewNotes:
        """Give what was typed."""
        return NewNotes(self.table.data, self.question.data or "", self.words.data)
