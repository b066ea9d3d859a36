"""What is typed where a language is signed off."""

from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from engage.shared.forms import PageForm
from engage.surveys.rules.sign_offs import NewSignOff


class SignOffForm(PageForm):
    """A note, and the words it is about."""

    note = TextAreaField(
        "Who read it, and how far",
        description="Like: Ana, youth worker, speaks Romanian at home. All of it, on a phone.",
        validators=[
            DataRequired("Say who read it, and how far"),
            Length(max=500, message="Make it a little shorter: up to 500 characters"),
        ],
        render_kw={"rows": 3},
    )
    seen = HiddenField()

    def record(self) -> NewSignOff:
        """The note, and which words it is about."""
        return NewSignOff(self.note.data or "", self.seen.data or "")
