"""What an administrator types about people, roles and agencies."""

from datetime import date
from typing import Self

from flask_wtf import FlaskForm
from typing_extensions import override
from wtforms import DateField, EmailField, Field, PasswordField, SelectField, StringField
from wtforms.validators import DataRequired, Email, EqualTo, Length, ValidationError

from engage.accounts.forms.signing_in import NEW
from engage.accounts.queries import own_words
from engage.accounts.rules import (
    EASY,
    LONGEST_PASSWORD,
    PASSWORD_LENGTH,
    ROLE_NAMES,
    Agency,
    NewPerson,
    Person,
    Role,
    check_agency_needed,
    check_agency_of_role,
    check_dates,
    is_easy_to_guess,
)
from engage.shared.clock import today
from engage.shared.forms import PageForm, beside_the_box, choices

NO_AGENCY = "0"
KINDS = {
    "council": "Council",
    "police": "Police",
    "health": "Health",
    "school": "School or college",
    "voluntary": "Voluntary or faith sector",
}


class RoleForm(PageForm):
    """A role, the last day it counts, and for a partner's role the agency it is for."""

    role = SelectField("Role", choices=choices(ROLE_NAMES))
    agency = SelectField(
        "For another agency than their own",
        choices=[],
        default=NO_AGENCY,
        description="Only beside the role of a partner agency, where they act for one they do not work for.",
    )
    ends_on = DateField(
        "Last day",
        [DataRequired("Choose the last day of this role")],
        description="Every role ends. It can be given again.",
    )

    def validate_agency(self, field: Field) -> None:
        """Refuse an agency beside a role that is for none. Raises `ValidationError`."""
        if not field.errors and not self.role.errors:
            with beside_the_box():
                check_agency_of_role(Role(self.role.data), self.agency_id())

    def validate_ends_on(self, field: DateField) -> None:
        """Refuse a last day that is over, or too far away. Raises `ValidationError`."""
        with beside_the_box():
            check_dates(today(), field.data)

    def record(self) -> tuple[Role, date]:
        """Give the role and its last day."""
        last_day: date = self.ends_on.data
        return Role(self.role.data), last_day

    def agency_id(self) -> int | None:
        """Give the agency that was chosen; None for none."""
        return int(self.agency.data) or None

    def offer(self, agencies: list[Agency]) -> Self:
        """Offer these agencies, and give the form back."""
        self.agency.choices = choices({NO_AGENCY: "None", **{str(agency.id): agency.name for agency in agencies}})
        return self


class PersonForm(RoleForm):
    """Somebody new, with a first role."""

    name = StringField("Name", [DataRequired("Type their name"), Length(max=120)])
    email = EmailField("E-mail", [DataRequired("Type their e-mail address"), Email("Check the address")])
    way = StringField()  # which of the two buttons was pressed
    agency = SelectField(
        "Agency",
        choices=[],
        description="Whom they work for. What is about that agency is hidden from them, and they verify nothing of it.",
    )

    @override
    def validate_agency(self, field: Field) -> None:
        """Refuse a partner's role without the agency it is for. Raises `ValidationError`."""
        if not field.errors and not self.role.errors:
            with beside_the_box():
                check_agency_needed(Role(self.role.data), self.agency_id())

    def by_letter(self) -> bool:
        """Answer whether they get a letter with a link, rather than a password from the administrator."""
        return bool(self.way.data == "letter")

    def new(self) -> NewPerson:
        """Give what was typed."""
        role, ends_on = self.record()
        return NewPerson(self.name.data, self.email.data, self.agency_id(), role, ends_on)


class InvitedForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """The password somebody chooses who was invited; nothing of it is trimmed."""

    new_password = PasswordField(
        "Your password",
        [
            DataRequired("Type a password"),
            Length(min=PASSWORD_LENGTH, message=f"Type at least {PASSWORD_LENGTH} characters."),
            Length(max=LONGEST_PASSWORD, message="That is too long"),
        ],
        description=f"At least {PASSWORD_LENGTH} characters. Three or four words that do not belong together are good.",
        render_kw=NEW,
    )
    new_password_confirm = PasswordField(
        "Once more",
        [EqualTo("new_password", "The two are not the same: type it twice")],
        render_kw=NEW,
    )

    def __init__(self, someone: Person) -> None:
        super().__init__()
        self.own = own_words(someone.id)

    def validate_new_password(self, _field: Field) -> None:
        """Refuse what is easy to guess. Raises `ValidationError`."""
        if is_easy_to_guess(self.record(), own=self.own):
            raise ValidationError(EASY)

    def record(self) -> str:
        """Give the password as it was typed."""
        return str(self.new_password.data)


class AgencyForm(PageForm):
    """A partner agency."""

    name = StringField("Name of the agency", [DataRequired("Type the agency's name"), Length(max=160)])
    kind = SelectField("Kind", choices=choices(KINDS))

    def record(self) -> tuple[str, str]:
        """Give its name and kind."""
        return self.name.data, self.kind.data
