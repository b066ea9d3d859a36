"""Days that are promised."""

from flask_babel import lazy_gettext as _
from wtforms import DateField
from wtforms.validators import StopValidation, ValidationError

from engage.shared.clock import today
from engage.shared.forms import PageForm
from engage.youwesaid.rules.concerns import ANSWER_WITHIN, DO_WITHIN


def not_gone(_form: PageForm, field: DateField) -> None:
    """Raise when a day has gone; stop where none could be read: the field has said so itself."""
    if field.data is None:
        raise StopValidation
    if field.data < today():
        raise ValidationError(_("That day has passed. Choose today or a day to come"))


def answer_soon(form: PageForm, field: DateField) -> None:
    """Raise when a day to tell young people more has gone, or lies so far away that nobody would wait for it."""
    not_gone(form, field)
    if field.data > today() + ANSWER_WITHIN:
        raise ValidationError(_("That is more than a year away. Choose a day that young people can wait for"))


def in_sight(form: PageForm, field: DateField) -> None:
    """Raise when a day to have done something has gone, or lies further away than anybody plans."""
    not_gone(form, field)
    if field.data > today() + DO_WITHIN:
        raise ValidationError(_("That is more than three years away. Choose an earlier day"))
