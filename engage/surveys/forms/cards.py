"""How many cards to make, and where they are handed out."""

from wtforms import IntegerField, SelectField
from wtforms.validators import NumberRange

from engage.shared.forms import PageForm
from engage.surveys.rules.cards import MOST_SHEETS

ANYWHERE = "-"


class CardsForm(PageForm):
    """Sheets of cards for one place, or for none."""

    place = SelectField("Where they are handed out")
    sheets = IntegerField(
        "How many sheets of 24",
        default=1,
        validators=[NumberRange(min=1, max=MOST_SHEETS, message="Choose 1 to 20 sheets")],
        render_kw={"inputmode": "numeric"},
    )

    def record(self) -> tuple[str, int]:
        """The word of the setting, nothing for none, and how many sheets."""
        place = self.place.data or ANYWHERE
        return "" if place == ANYWHERE else place, self.sheets.data or 1
