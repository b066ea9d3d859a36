"""What is typed about what came of a forum."""

from flask import current_app
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from engage.forums.rules.after import NewAnswer, concern_of
from engage.shared.errors import NotValid
from engage.shared.forms import PageForm


class AnswerForm(PageForm):
    """One thing that happened because of a forum."""

    words = TextAreaField(
        "What happened",
        [DataRequired("Write what happened"), Length(max=600)],
        description="Everybody can read it: short, plain, no names of young people. Say as well what will not happen.",
    )
    concern = StringField(
        "Its page under “You said, we did”, if there is one", [Length(max=300)], description="Copy the address."
    )

    def validate_concern(self, field: StringField) -> None:
        """Raise `ValidationError` for what is not one of our addresses, or where no public page stands."""
        try:
            slug = concern_of(field.data or "")
        except NotValid as error:
            raise ValidationError(str(error)) from error
        if slug and not current_app.extensions["concern_is_public"](slug):
            raise ValidationError("There is no public page at this address. Copy it from “You said, we did”")

    def record(self) -> NewAnswer:
        """Give what was typed."""
        return NewAnswer(self.words.data, concern_of(self.concern.data or ""))
