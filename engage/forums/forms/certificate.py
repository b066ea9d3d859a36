"""The name on a certificate: typed by the person it is for, printed, and kept nowhere."""

from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from engage.shared.forms import PageForm


class CertificateForm(PageForm):
    """The name as it should stand on paper."""

    name = StringField(
        _("The name on it"),
        [DataRequired(_("Type the name that should stand on it")), Length(max=80)],
        description=_("We don't keep it: it is only on the page you print."),
    )
