"""What somebody changes about their own place, and the answers of the adult who may say yes."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms.validators import DataRequired

from engage.forums.forms.fields import (
    YES_NO,
    NeededWhen,
    SignUpForm,
    age_box,
    check_ages,
    choice,
    name_box,
    need_box,
    reach_box,
)
from engage.forums.forms.group import ADULTS_OF_OTHERS
from engage.forums.forms.young import ADULT_WORDS, HOME_MISSING, REACH_MISSING, home_words
from engage.forums.rules.consents import WORDING, WORDING_SELF, Answers, Purpose, Relation, needs_adult
from engage.forums.rules.signing_up import Changed, Guardian

MISSING = _("Choose yes or no")
OWN = (Purpose.LEAVE_ALONE, Purpose.PHOTO_INSIDE, Purpose.PHOTO_PUBLIC, Purpose.MEDICAL)
SAID = {"given": "yes", "refused": "no", "withdrawn": "no"}


def _pair(words: str) -> Any:
    return choice(_(words), YES_NO, DataRequired(MISSING))


def _needs_first_adult(form: Any) -> bool:
    return not form.has_adult and form.age.data is not None and needs_adult(form.age.data)


def _decides(form: Any) -> bool:
    return form.age.data is not None and not needs_adult(form.age.data)


class ChangeForm(SignUpForm):
    """What may have changed since somebody signed up; under 16 that names an adult (`has_adult`: did)."""

    def __init__(self, *args: Any, has_adult: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.has_adult = has_adult

    age = age_box(_("How old will you be on that day?"))
    contact = reach_box(
        _("Your e-mail or mobile number"),
        NeededWhen(_decides, REACH_MISSING),
    )
    access = need_box(_("What helps you take part?"), "")
    diet = need_box(_("Anything you can't or don't eat?"), "")
    home = choice(_("How will you get home?"), home_words(), DataRequired(HOME_MISSING))
    relation = choice(
        _("Which adult can say yes for you?"),
        ADULT_WORDS,
        NeededWhen(_needs_first_adult, _("Choose the adult who can say yes for you")),
        description=_("Only if you are under 16 on that day."),
    )
    guardian_contact = reach_box(
        _("Their e-mail or mobile number"), NeededWhen(_needs_first_adult, _("Tell us how we can reach your adult"))
    )

    def validate_age(self, field: Any) -> None:
        """Hold the age against the forum's. Raises `ValidationError`."""
        check_ages(self.ages, field.data)

    def record(self) -> Changed:
        """Give what was typed."""
        guardian = None
        if _needs_first_adult(self):
            guardian = Guardian(Relation(self.relation.data), self.guardian_contact.data)
        typed = {name: self[name].data or "" for name in ("contact", "access", "diet", "home")}
        return Changed(age=self.age.data, guardian=guardian, **typed)


class WorkChangeForm(SignUpForm):
    """The same for a professional."""

    contact = reach_box(_("Your work e-mail or mobile number"), DataRequired(_("Type one way to reach you")))
    access = need_box(_("Access, food, anything else we should prepare"), "")

    def record(self) -> Changed:
        """Give what was typed."""
        return Changed(contact=self.contact.data, access=self.access.data or "")


class OtherAdultForm(SignUpForm):
    """Another adult, or the same one reached another way."""

    relation = choice(
        _("Which adult can say yes for you?"), ADULT_WORDS, DataRequired(_("Choose the adult who can say yes for you"))
    )
    guardian_contact = reach_box(
        _("Their e-mail or mobile number"),
        DataRequired(_("Tell us how we can reach your adult")),
        description=_("We send them a new link. The old one stops working."),
    )

    def record(self) -> Guardian:
        """Give what was typed."""
        return Guardian(Relation(self.relation.data), self.guardian_contact.data)


class _Purposes(SignUpForm):
    def given(self) -> frozenset[Purpose]:
        """Give the purposes with a yes."""
        return frozenset(one for one in Purpose if one.value in self and self[one.value].data == "yes")


def show_said(form: Any, states: dict[Purpose, str], purposes: Iterable[Purpose]) -> None:
    """Tick what was answered before; what was not answered stays open, neither yes nor no."""
    for purpose in purposes:
        if states.get(purpose) in SAID:
            form[purpose.value].data = SAID[states[purpose]]


class ConsentForm(_Purposes):
    """An adult's yes or no to each purpose by itself."""

    signer = name_box(_("Your name"), _("Type your name"))
    relation = choice(
        _("Who are you to this young person?"), ADULTS_OF_OTHERS, DataRequired(_("Choose who you are to them"))
    )
    attend = _pair(WORDING[Purpose.ATTEND])
    leave_alone = _pair(WORDING[Purpose.LEAVE_ALONE])
    photo_inside = _pair(WORDING[Purpose.PHOTO_INSIDE])
    photo_public = _pair(WORDING[Purpose.PHOTO_PUBLIC])
    medical = _pair(WORDING[Purpose.MEDICAL])

    def show(self, states: dict[Purpose, str], own_no: frozenset[Purpose]) -> None:
        """Tick what this adult said before; what the young person said is no answer of the adult's."""
        show_said(self, states, [purpose for purpose in Purpose if purpose not in own_no])

    def record(self) -> Answers:
        """Give the answers, and who gives them."""
        return Answers(self.given(), Relation(self.relation.data), self.signer.data)


class OwnChoicesForm(_Purposes):
    """One's own yes or no: from 16 the consent itself, before that a no that no adult overrules.

    To come at all is said by signing up, and taken back by cancelling.
    """

    leave_alone = _pair(WORDING_SELF[Purpose.LEAVE_ALONE])
    photo_inside = _pair(WORDING_SELF[Purpose.PHOTO_INSIDE])
    photo_public = _pair(WORDING_SELF[Purpose.PHOTO_PUBLIC])
    medical = _pair(WORDING_SELF[Purpose.MEDICAL])

    def show(self, states: dict[Purpose, str], own_yes: frozenset[Purpose]) -> None:
        """Tick what was said before; `own_yes` waits for the adult's."""
        show_said(self, states, OWN)
        for purpose in own_yes & frozenset(OWN):
            self[purpose.value].data = "yes"

    def no(self) -> frozenset[Purpose]:
        """Give the purposes with a no."""
        return frozenset(OWN) - self.given()

    def record(self) -> Answers:
        """Give the answers."""
        return Answers(self.given() | {Purpose.ATTEND}, Relation.SELF)
