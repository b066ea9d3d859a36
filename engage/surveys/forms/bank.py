"""What the team types to find an item of the bank."""

from wtforms import StringField
from wtforms.validators import Length

from engage.shared.forms import PageForm


class BankForm(PageForm):
    """Words to look for. Asked by address, for it changes nothing."""

    class Meta(PageForm.Meta):
        """It keeps nothing, so it carries no token."""

        csrf = False

    words = StringField("Words of a question", validators=[Length(max=100)])
