"""A young person signs up."""

from typing import Any

from flask_babel import lazy_gettext as _
from typing_extensions import override
from wtforms import StringField
from wtforms.validators import DataRequired, Length, Optional

from engage.forums.forms.fields import (
    LONGEST_NAME,
    PHOTOS,
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
from engage.forums.rules.consents import (
    FOR_LOOKED_AFTER,
    Answers,
    Purpose,
    Relation,
    needs_adult,
)
from engage.forums.rules.places import Place
from engage.forums.rules.signing_up import HOME, Guardian, YoungPerson

ADULT_WORDS = {
    Relation.PARENT: _("My mum, my dad or another parent"),
    Relation.CARER: _("Somebody else who brings me up"),
    Relation.DELEGATED_CARER: _("My foster carer or key worker: they are allowed to sign"),
    Relation.LOCAL_AUTHORITY: _("My social worker"),
}
PHOTO_PURPOSES = {
    "inside": {Purpose.PHOTO_INSIDE},
    "public": {Purpose.PHOTO_INSIDE, Purpose.PHOTO_PUBLIC},
}
HOME_MISSING = _("Choose how you get home, or “Not sure yet”")
REACH_MISSING = _("From 16 we need one way to reach you")
OF_ADULT = frozenset({"relation", "guardian_name", "guardian_contact"})


def _is_young(form: Any) -> bool:
    return form.age.data is not None and needs_adult(form.age.data)


def _decides(form: Any) -> bool:
    return form.age.data is not None and not needs_adult(form.age.data)


def home_words() -> dict[str, Any]:
    """How somebody gets home, in the words of the reader."""
    return {code: _(words) for code, words in HOME.items()}


class YoungForm(SignUpForm):
    """What a young person tells us to come to one forum."""

    first_name = name_box(_("Your first name"), _("Type your first name"), description=_("Or what people call you."))
    initial = StringField(
        _("First letter of your last name"),
        [Optional(), Length(max=2, message=_("Type one letter, or leave it empty"))],
        description=_("Only if you like. At the door it tells two people with the same name apart."),
        render_kw={"autocomplete": "off", "dir": "auto"},
    )
    age = age_box(_("How old will you be on that day?"))
    ambassador = choice(
        _("Are you a youth ambassador?"),
        YES_NO,
        description=_("Some places are kept for ambassadors. If you choose nothing, you get one of the others."),
    )
    contact = reach_box(
        _("Your e-mail or mobile number"),
        NeededWhen(_decides, REACH_MISSING),
        description=_(
            "We write there if something changes. Under 16 you may leave it empty, if somebody else reads your "
            "messages: then keep the address of your own page."
        ),
    )
    relation = choice(
        _("Which adult can say yes for you?"),
        ADULT_WORDS,
        NeededWhen(_is_young, _("Choose the adult who can say yes for you")),
        description=_("Under 16, one of them has to. From 16 you decide yourself."),
    )
    guardian_name = StringField(
        _("What do you call this adult?"),
        [Optional(), Length(max=LONGEST_NAME, message=_("Make it shorter: up to 60 letters"))],
        render_kw={"autocomplete": "off", "dir": "auto"},
    )
    guardian_contact = reach_box(
        _("Their e-mail or mobile number"),
        NeededWhen(_is_young, _("Tell us how we can reach your adult")),
        description=_("We send them a link. It does not say what the forum is about."),
    )
    access = need_box(
        _("What helps you take part?"),
        _("Like a ramp, a quiet room, an interpreter, or somebody you know. Leave it empty for nothing."),
    )
    diet = need_box(_("Anything you can't or don't eat?"), _("There is food. Leave it empty for nothing."))
    home = choice(_("How will you get home?"), home_words(), DataRequired(HOME_MISSING))
    photos = choice(
        _("May photos show you?"), PHOTOS, description=_("If you choose nothing, there are no photos of you.")
    )
    medical = choice(
        _("In an emergency, may we tell a doctor what you wrote about your needs?"),
        YES_NO,
    )

    def validate_age(self, field: Any) -> None:
        """Hold the age against the forum's. Raises `ValidationError`."""
        check_ages(self.ages, field.data)

    @override
    def not_asked(self) -> frozenset[str]:
        """Give nothing of the adult up to 15; from 16 there is none."""
        return frozenset() if needs_adult(self.age.data) else OF_ADULT

    def record(self) -> YoungPerson:
        """Give what was typed."""
        return YoungPerson(
            first_name=self.first_name.data,
            age=self.age.data,
            contact=self.contact.data or "",
            initial=(self.initial.data or "")[:1].upper(),
            access=self.access.data or "",
            diet=self.diet.data or "",
            home=self.home.data,
            looked_after=self._guardian() is not None and self.relation.data in FOR_LOOKED_AFTER,
            guardian=self._guardian(),
            place=Place.AMBASSADOR if self.ambassador.data == "yes" else Place.YOUNG,
            own_consents=Answers(frozenset(self._wanted()), Relation.SELF, self.first_name.data),
            said_yes=frozenset(self._chosen()),
        )

    def _guardian(self) -> Guardian | None:
        if not needs_adult(self.age.data):
            return None
        return Guardian(Relation(self.relation.data), self.guardian_contact.data, self.guardian_name.data or "")

    def _wanted(self) -> set[Purpose]:
        """What they agree to; under 16 only an outspoken no stands against what their adult will say."""
        wanted = self._chosen()
        if needs_adult(self.age.data):
            wanted |= {Purpose.LEAVE_ALONE, *({Purpose.MEDICAL} if self.medical.data != "no" else ())}
        return wanted

    def _chosen(self) -> set[Purpose]:
        """What they chose a yes for."""
        chosen = {Purpose.ATTEND, *PHOTO_PURPOSES.get(self.photos.data or "", set())}
        if self.medical.data == "yes":
            chosen.add(Purpose.MEDICAL)
        if self.home.data == "alone":
            chosen.add(Purpose.LEAVE_ALONE)
        return chosen
