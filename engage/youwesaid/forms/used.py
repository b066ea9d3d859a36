"""What a team says that used a briefing."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.validators import DataRequired

from engage.shared.forms import OneOf, PageForm, choices
from engage.youwesaid.rules.briefing import USES


class UsedForm(PageForm):
    """We used it: which agency, and how."""

    agency_id = OneOf(_("Where do you work?"), _("Choose where you work"))
    how = RadioField(_("How did you use it?"), [DataRequired(_("Choose how you used it"))], choices=choices(USES))

    def offer_agencies(self, agencies: dict[int, str]) -> None:
        """Fill the list of agencies; 0 stands for another organisation."""
        self.agency_id.offer({**agencies, 0: _("Another organisation")})
