"""Days that are promised."""

from flask_babel import lazy_gettext as _
from wtforms import DateField
from wtforms.validators import ValidationError

from engage.shared.clock import today
from engage.shared.forms import PageForm


def not_gone(_form: PageForm, field: DateField) -> None:
    """Raise when a day has gone."""
    if field.data < today():
        raise ValidationError(_("That day has passed. Choose today or a day to come"))
