"""What is tapped and typed at the door."""

import json
from typing import Any

from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
    StopValidation,
    ValidationError,
)

from engage.forums.forms.agency import ChoosesAgency, agency_list, agency_meant, agency_name
from engage.forums.forms.fields import NeededWhen, check_ages
from engage.forums.rules.consents import FOR_LOOKED_AFTER, RELATION_NAMES, Answers, Purpose, Relation, needs_adult
from engage.forums.rules.door import Mark
from engage.forums.rules.forums import OLDEST, YOUNGEST
from engage.forums.rules.links import KEY_BYTES
from engage.forums.rules.places import PLACE_NAMES, YOUNG_PLACES, Place
from engage.forums.rules.reach import LONGEST, reach
from engage.forums.rules.signing_up import Guardian, Professional, WalkIn, YoungPerson
from engage.shared.errors import NotValid
from engage.shared.forms import PageForm, choices
from engage.shared.words import N_

AT_ONCE = 500  # taps
LONGEST_NAME = 60
AGAIN = N_("Load the page again, then tap once more")
PHOTOS = {"none": "No photos", "inside": "Photos that only our own staff see", "public": "Photos that anybody can see"}
PHOTO_PURPOSES = {
    "none": frozenset[Purpose](),
    "inside": frozenset({Purpose.PHOTO_INSIDE}),
    "public": frozenset({Purpose.PHOTO_INSIDE, Purpose.PHOTO_PUBLIC}),
}


def needed_of_young(form: PageForm, field: IntegerField) -> None:
    """Raise `StopValidation` for a young person without an age."""
    if form.place.data in YOUNG_PLACES and field.data is None:
        raise StopValidation("Type their age: from it we know who has to say yes")


class MarkForm(PageForm):
    """One tap, from a page without script."""

    key = HiddenField(validators=[Length(max=36)])
    sign_up = IntegerField(validators=[InputRequired()])
    did = HiddenField(validators=[DataRequired()])
    collector = StringField(validators=[Length(max=120)])
    sure = HiddenField()

    def record(self) -> Mark:
        """Give the tap. Raises `NotValid`."""
        if not self.validate():
            raise NotValid(AGAIN)
        return Mark(
            self.key.data or "", self.sign_up.data, self.did.data, self.collector.data or "", sure=bool(self.sure.data)
        )


class SeenForm(PageForm):
    """Whose checks the door has seen."""

    sign_up = IntegerField(validators=[InputRequired()])

    def record(self) -> int:
        """Give the id of the sign-up. Raises `NotValid`."""
        if not self.validate():
            raise NotValid(AGAIN)
        return int(self.sign_up.data)


class MarksForm(PageForm):
    """Everything a phone kept while it had no network: JSON, oldest first."""

    marks = TextAreaField()

    def record(self) -> list[Mark]:
        """Give the taps. Raises `NotValid` for what no page of ours sends."""
        try:
            return [_mark(one) for one in json.loads(self.marks.data or "[]")[:AT_ONCE]]
        except (ValueError, KeyError, TypeError) as error:
            raise NotValid(AGAIN) from error


def _is_adult(form: PageForm) -> bool:
    return form.place.data not in YOUNG_PLACES


class WalkInForm(ChoosesAgency, PageForm):
    """Somebody at the door who has not signed up: a minute, standing. `key` is new with each page."""

    def __init__(self, *args: Any, ages: tuple[int, int], agencies: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.ages = ages
        self.offer(agencies, another="No, another")

    key = HiddenField(validators=[Optional(), Regexp(f"[0-9a-f]{{{2 * KEY_BYTES}}}$", message=AGAIN)])
    place = RadioField("Who is it?", choices=choices(PLACE_NAMES), default=Place.YOUNG)
    first_name = StringField("First name", [DataRequired("Type a name"), Length(max=LONGEST_NAME)])
    initial = StringField("First letter of the last name", [Length(max=1)])
    age = IntegerField("Age, for young people", [needed_of_young, Optional(), NumberRange(YOUNGEST, OLDEST)])
    contact = StringField("A phone number, theirs or an adult's", [DataRequired("Type a number"), Length(max=LONGEST)])
    agency = agency_list("Agency", first="Choose one", another="Another organisation", missing="Choose their agency")
    agency_other = agency_name("Its name", missing="Type their agency", most="Make it shorter: up to 160 letters")
    agency_meant = agency_meant("Is it one of these?", missing="Choose the one they mean, or “No, another”")
    role = StringField("Role", [NeededWhen(_is_adult, "Type their role"), Length(max=120)])
    checks = BooleanField("I have seen their checks")
    relation = SelectField("Under 16: who said yes?", choices=choices({"": "Nobody yet", **RELATION_NAMES}), default="")
    adult = StringField("Their name", [Length(max=LONGEST_NAME)])
    alone = BooleanField("They may leave on their own")
    photos = RadioField("Photos", choices=choices(PHOTOS), default="none")
    sure = HiddenField()

    def validate_age(self, field: IntegerField) -> None:
        """Hold a young person's age against the forum's. Raises `ValidationError`."""
        check_ages(self.ages if self.is_young else None, field.data)

    def validate_contact(self, field: StringField) -> None:
        """Raise `ValidationError` for what is neither a number nor an address."""
        try:
            reach(field.data)
        except NotValid as error:
            raise ValidationError(str(error)) from error

    def validate_relation(self, field: SelectField) -> None:
        """Raise `ValidationError` while nobody has said yes for somebody under 16."""
        if self.is_young and self.age.data is not None and needs_adult(self.age.data) and field.data in ("", "self"):
            raise ValidationError("Under 16: call the adult first, and choose who said yes")

    @property
    def names_agency(self) -> bool:
        """True for an adult's place."""
        return not self.is_young

    @property
    def is_young(self) -> bool:
        """True for a young person's place."""
        return self.place.data in YOUNG_PLACES

    def record(self) -> WalkIn:
        """Give who came, and what the right adult (or they themselves, from 16) said yes to. Raises `NotValid`."""
        attempt = bytes.fromhex(self.key.data) if self.key.data else None
        if not self.is_young:
            return WalkIn(self._who(), attempt=attempt, checks_seen=self.checks.data)
        return WalkIn(self._who(), self._answers(), attempt)

    def _who(self) -> YoungPerson | Professional:
        place, contact = Place(self.place.data), reach(self.contact.data)
        if not self.is_young:
            return Professional(self.first_name.data, self.role.data, self.named_agency(), contact, place=place)
        adult = self.adult.data or ""
        guardian = Guardian(Relation(self.relation.data), contact, adult) if self.relation.data else None
        return YoungPerson(
            self.first_name.data, self.age.data, contact, self.initial.data or "", guardian=guardian, place=place,
            looked_after=guardian is not None and guardian.relation in FOR_LOOKED_AFTER,
        )  # fmt: skip

    def _answers(self) -> Answers:
        alone = frozenset({Purpose.LEAVE_ALONE}) if self.alone.data else frozenset[Purpose]()
        given = frozenset({Purpose.ATTEND}) | PHOTO_PURPOSES[self.photos.data] | alone
        return Answers(given, Relation(self.relation.data or Relation.SELF), self.adult.data or "", how="phone")


def _mark(one: dict[str, Any]) -> Mark:
    ago = float(one.get("seconds_ago") or 0)
    return Mark(str(one["key"]), int(one["sign_up"]), str(one["did"]), str(one.get("collector") or "")[:120], ago)
