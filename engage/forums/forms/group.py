"""A leader books several people at once, and a professional books for themselves."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from typing_extensions import override
from wtforms import FieldList, FormField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from engage.forums.forms.agency import ChoosesAgency, agency_list, agency_meant, agency_name
from engage.forums.forms.fields import (
    YES_NO,
    NeededWhen,
    SignUpForm,
    Typed,
    age_box,
    check_ages,
    choice,
    name_box,
    need_box,
    reach_box,
)
from engage.forums.rules.consents import FOR_LOOKED_AFTER, RELATION_NAMES, Relation, needs_adult
from engage.forums.rules.places import GROUP_AT_MOST, Place
from engage.forums.rules.signing_up import Group, Guardian, Professional, YoungPerson

TOGETHER = {
    "together": _("Keep us together: all of us, or we wait together"),
    "split": _("Split us if need be: some can come, the others wait"),
}
ADULTS_OF_OTHERS = {code: _(words) for code, words in RELATION_NAMES.items() if code is not Relation.SELF}
EMPTY_ROWS = 3
MOST = GROUP_AT_MOST - 1  # the leader takes a place too


def _is_there(form: Any) -> bool:
    """Answer whether anything was typed about somebody; a choice alone cannot be taken back, so it says nothing."""
    return any(_is_typed(form[name]) for name in ("first_name", "age", "guardian_contact", "needs"))


def _is_typed(field: Any) -> bool:
    return bool(field.data) or any(typed.strip() for typed in field.raw_data or ())


def _is_young(form: Any) -> bool:
    return _is_there(form) and form.age.data is not None and needs_adult(form.age.data)


class MemberForm(SignUpForm):
    """One young person of a group; a row where nothing was typed is left out."""

    class Meta(SignUpForm.Meta):
        """The form around it carries the token."""

        csrf = False

    first_name = StringField(
        _("First name"),
        [
            NeededWhen(_is_there, _("Type a first name, or empty the boxes of this person")),
            Length(max=60, message=_("Make it shorter: up to 60 letters")),
        ],
        render_kw={"autocomplete": "off", "dir": "auto"},
    )
    age = age_box(_("Age on that day"), needed=_is_there)
    relation = choice(
        _("Which adult can say yes?"),
        ADULTS_OF_OTHERS,
        NeededWhen(_is_young, _("Choose the adult who can say yes")),
        description=_("Only under 16."),
    )
    guardian_contact = reach_box(
        _("That adult's e-mail or mobile number"), NeededWhen(_is_young, _("Tell us how we can reach the adult"))
    )
    needs = need_box(_("Access, food, anything else we should prepare"), "")

    def validate_age(self, field: Any) -> None:
        """Hold the age against the forum's. Raises `ValidationError`."""
        check_ages(self.ages, field.data)

    def record(self) -> YoungPerson:
        """Give one member as typed; they leave with their group."""
        relation = Relation(self.relation.data) if needs_adult(self.age.data) else None
        return YoungPerson(
            first_name=self.first_name.data,
            age=self.age.data,
            access=self.needs.data or "",
            home="group",
            looked_after=relation in FOR_LOOKED_AFTER,
            guardian=Guardian(relation, self.guardian_contact.data) if relation else None,
        )


class WorkForm(ChoosesAgency, SignUpForm):
    """A professional signs up for themselves; `agencies` are those to choose from."""

    def __init__(self, *args: Any, agencies: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.offer(agencies, another=_("No, another"))

    name = name_box(_("Your name"), _("Type your name"))
    role = name_box(
        _("Your role"), _("Type your role"), description=_("The forum's page may show it, without your name.")
    )
    agency = agency_list(
        _("Where you work"),
        first=_("Choose one"),
        another=_("Another organisation"),
        missing=_("Choose where you work"),
        description=_("Your agency, school or group. The forum's page may show it."),
    )
    agency_other = agency_name(
        _("The name of your organisation"),
        missing=_("Type where you work"),
        most=_("Make it shorter: up to 160 letters"),
    )
    agency_meant = agency_meant(_("Did you mean one of these?"), missing=_("Choose the one you mean, or “No, another”"))
    contact = reach_box(
        _("Your work e-mail or mobile number"),
        DataRequired(_("Type one way to reach you")),
    )
    checks = choice(
        _("Does your employer hold a DBS check for you?"),
        YES_NO,
        DataRequired(_("Choose yes or no")),
        description=_("The team asks to see it before the day."),
    )
    facilitator = choice(
        _("Has the team asked you to lead a table?"),
        YES_NO,
        description=_("Some places are kept for those who do. If you choose nothing, you come to listen."),
    )
    needs = need_box(_("Access, food, anything else we should prepare"), "")

    @override
    def not_asked(self) -> frozenset[str]:
        """Give the boxes about an agency that another one makes needless."""
        return self.needless()

    def record(self) -> Professional:
        """Give what was typed."""
        return Professional(
            name=self.name.data,
            role=self.role.data,
            agency=self.named_agency(),
            contact=self.contact.data,
            checks=self.checks.data == "yes",
            place=Place.FACILITATOR if self.facilitator.data == "yes" else Place.PROFESSIONAL,
            access=self.needs.data or "",
        )


class GroupForm(WorkForm):
    """A leader books several young people, and comes along."""

    together = choice(
        _("If there are not places for everybody"), TOGETHER, DataRequired(_("Choose one: together, or split"))
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for row in self.members:
            row.form.ages = self.ages

    members = FieldList(FormField(MemberForm), min_entries=EMPTY_ROWS, max_entries=MOST)

    def validate_members(self, _field: Any) -> None:
        """Look for somebody in the group. Raises `ValidationError`."""
        if not any(row.first_name.data for row in self._filled()):
            raise ValidationError(gettext("Type the first name of at least one young person"))

    @override
    def people(self) -> list[list[Typed]]:
        """Give what was filled in for each young person."""
        return [row.answers() for row in self._filled()]

    def record_group(self) -> Group:
        """Give leader and members as typed, without empty rows."""
        members = tuple(row.record() for row in self._filled())
        return Group(self.record(), members, together=self.together.data == "together")

    def _filled(self) -> list[MemberForm]:
        return [row.form for row in self.members if _is_there(row.form)]
