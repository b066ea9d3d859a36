"""What a young person taps when asked whether something is better."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField
from wtforms.validators import AnyOf

from engage.shared.forms import PageForm
from engage.youwesaid.rules.felt_check import ANSWERS


class FeltAnswerForm(PageForm):
    """One of four answers, each a button of its own."""

    answer = HiddenField(validators=[AnyOf(list(ANSWERS), message=_("Choose one of the four answers"))])
