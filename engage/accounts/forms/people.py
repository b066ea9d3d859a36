"""What an administrator types about people, roles and agencies."""

from datetime import date

from wtforms import DateField, EmailField, SelectField, StringField
from wtforms.validators import DataRequired, Email, Length

from engage.accounts.rules import ROLE_NAMES, Agency, NewPerson, Role
from engage.shared.forms import PageForm, choices

NO_AGENCY = "0"
KINDS = {
    "council": "Council",
    "police": "Police",
    "health": "Health",
    "school": "School or college",
    "voluntary": "Voluntary or faith sector",
}


class RoleForm(PageForm):
    """A role, and the last day it counts."""

    role = SelectField("Role", choices=choices(ROLE_NAMES))
    ends_on = DateField(
        "Last day",
        [DataRequired("Choose the last day of this role")],
        description="Every role ends. It can be given again.",
    )

    def record(self) -> tuple[Role, date]:
        """Give the role and its last day."""
        last_day: date = self.ends_on.data
        return Role(self.role.data), last_day


class PersonForm(RoleForm):
    """Somebody new, with a first role."""

    name = StringField("Name", [DataRequired("Type their name"), Length(max=120)])
    email = EmailField("E-mail", [DataRequired("Type their e-mail address"), Email("Check the address")])
    agency = SelectField("Agency", choices=[], description="Only for somebody who acts for a partner agency.")

    def offer(self, agencies: list[Agency]) -> "PersonForm":
        """Offer these agencies, and give the form back."""
        self.agency.choices = choices({NO_AGENCY: "None", **{str(agency.id): agency.name for agency in agencies}})
        return self

    def new(self) -> NewPerson:
        """Give what was typed."""
        role, ends_on = self.record()
        agency_id = int(self.agency.data) or None
        return NewPerson(self.name.data, self.email.data, agency_id, role, ends_on)


class AgencyForm(PageForm):
    """A partner agency."""

    name = StringField("Name of the agency", [DataRequired("Type the agency's name"), Length(max=160)])
    kind = SelectField("Kind", choices=choices(KINDS))

    def record(self) -> tuple[str, str]:
        """Give its name and kind."""
        return self.name.data, self.kind.data
