"""What staff and ambassadors type about updates."""

from flask_babel import lazy_gettext as _
from wtforms import DateField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from engage.shared.forms import PageForm, choices
from engage.youwesaid.rules.states import SENT_BACK_FOR


class UpdateForm(PageForm):
    """The words of "we did", and what comes next."""

    we_did = TextAreaField(
        _("We did"),
        [DataRequired(_("Write what was done")), Length(max=800)],
        description=_("Plain facts: who did what, when. Young people check these words."),
    )
    next_step = StringField(_("What happens next"), [Length(max=300)])
    next_by = DateField(_("We will tell them more by"), [Optional()])


class SendBackForm(PageForm):
    """Why an ambassador sends words back."""

    reason = RadioField(_("What is wrong with it?"), [DataRequired(_("Choose one"))], choices=choices(SENT_BACK_FOR))
