"""What staff and agencies type about actions."""

from flask_babel import lazy_gettext as _
from wtforms import DateField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length

from engage.shared.forms import PageForm
from engage.youwesaid.forms.days import not_gone


class AskForm(PageForm):
    """What an agency is asked to do."""

    agency_id = SelectField(_("Agency"), coerce=int)
    what = TextAreaField(_("What we ask them to do"), [DataRequired(_("Write what you ask")), Length(max=400)])


class AgreeForm(PageForm):
    """Who does it, by when."""

    owner_id = SelectField(_("Who does it"), coerce=int)
    due_on = DateField(_("Done by"), [DataRequired(_("Choose a day")), not_gone])


class EvidenceForm(PageForm):
    """How one can see that it is done."""

    evidence = TextAreaField(
        _("How can we see that it is done?"),
        [DataRequired(_("Say how we can see that it is done")), Length(max=2000)],
        description=_("What changed, where, since when. No child's name."),
    )


class ReasonForm(PageForm):
    """Why not."""

    reason = TextAreaField(_("Why"), [DataRequired(_("Say why")), Length(max=800)])
