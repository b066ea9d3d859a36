"""What staff type about a theme that no concern answers."""

from flask_babel import lazy_gettext as _
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from engage.shared.forms import PageForm


class NotedForm(PageForm):
    """Why nothing more is done about a theme now."""

    because = TextAreaField(
        _("Noted, because"),
        [DataRequired(_("Say why")), Length(max=280)],
        description=_("Plain words that a young person may read. No names."),
    )
