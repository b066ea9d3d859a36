"""What the organiser does with agencies: put one on the list, say that two names are one."""

from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from engage.shared.forms import PageForm, choices


class ListForm(PageForm):
    """One agency to choose from."""

    name = StringField("Agency", [DataRequired("Type the name of the agency"), Length(max=160)])
    everywhere = BooleanField("For every forum, not only this one")


class JoinForm(PageForm):
    """A name that was typed, and the listed agency that it is."""

    typed = HiddenField(validators=[DataRequired("Load the page again")])
    listed = SelectField("It is the same as", choices=[])

    def offer(self, names: list[str]) -> "JoinForm":
        """Offer the listed agencies, and give the form back."""
        self.listed.choices = choices({name: name for name in names})
        return self
