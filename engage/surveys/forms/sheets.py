"""Which sheet of paper is typed, and where it came from."""

from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import DataRequired, Regexp

from engage.shared.forms import PageForm

ANYWHERE = "-"


class SheetForm(PageForm):
    """One sheet; its answers are read beside this form, and no question has a code that begins like its fields."""

    number = StringField(
        "Number on the corner of the sheet",
        description="Write one on each sheet before the first person types. Never a name or a list's number.",
        validators=[
            DataRequired("Type the number on the sheet"),
            Regexp(r"^[0-9A-Za-z-]{1,12}$", message="Use up to 12 digits or letters"),
        ],
        name="_number",
    )
    place = SelectField("Where it came from", default=ANYWHERE, name="_place")
    language = SelectField("Language of the sheet", default="en", name="_language")
    settled = BooleanField("I looked at the paper again: what stands here now is right", name="_settled")
