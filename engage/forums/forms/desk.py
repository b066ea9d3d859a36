"""What the organiser types: the plan of a forum, reasons, who is in the room, what an adult said on the phone."""

from typing import Any

from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField, TimeField
from wtforms.fields import SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from engage.forums.forms.fields import Reachable
from engage.forums.rules.consents import OWN_CONSENT_FROM, RELATION_NAMES, WORDING, Answers, Purpose, Relation
from engage.forums.rules.forums import KIND_NAMES, OLDEST, YOUNGEST, Kind, Plan
from engage.forums.rules.places import ADULTS_AT_LEAST, Limits
from engage.forums.rules.reach import LONGEST
from engage.forums.rules.setting_up import check_hours
from engage.forums.rules.signing_up import Guardian
from engage.shared.errors import NotValid
from engage.shared.forms import PageForm, choices

WORDS = ("theme", "about", "programme", "access")
DAYS = ("meets_on", "starts", "ends", "closes_on", "promised_on")
TEXTS = (*WORDS, "venue", "address", "lead", "lead_phone", "risk_reference")
HOW = {"phone": "On the phone", "paper": "On paper"}


def _line(label: str, *, most: int = 160, hint: str = "") -> StringField:
    return StringField(label, [Length(max=most, message=f"Make it shorter: up to {most} letters")], description=hint)


def _text(label: str, *, hint: str = "", rows: int = 4) -> TextAreaField:
    return TextAreaField(label, [Length(max=4000)], description=hint, render_kw={"rows": rows})


def _count(label: str, *, default: int = 0, least: int = 0, hint: str = "") -> IntegerField:
    right = NumberRange(min=least, max=500, message=f"Type a number from {least} to 500")
    return IntegerField(label, [InputRequired("Type a number"), right], default=default, description=hint)


class PlanForm(PageForm):
    """The plan of a forum; a draft may have gaps, and its page says which."""

    kind = SelectField("Kind of event", choices=choices(KIND_NAMES))
    theme = StringField("Theme", [DataRequired("Give it a theme"), Length(max=160)])
    about = _text(
        "What it is about, in words for young people", hint="Short sentences. What they can change by coming."
    )
    meets_on = DateField("Day", [Optional()])
    starts = TimeField("Starts at", [Optional()])
    ends = TimeField("Ends at", [Optional()], description="A time before the start is on the next day.")
    closes_on = DateField("Last day of sign-up", [Optional()])
    promised_on = DateField("We say what happened by", [Optional()], description="Shown to everybody who comes.")
    venue = _line("Venue")
    address = _line("Address of the venue", most=300)
    access = _text("How people get in", hint="Steps, lift, toilets, a quiet room, how to come by bus.", rows=3)
    lead = _line("Safeguarding lead on the day", most=120, hint="Shown on the page of the forum.")
    lead_phone = _line("Telephone number of the safeguarding lead", most=40)
    risk_reference = _line("Reference of the risk assessment", most=80)
    programme = _text("Programme")
    age_from = _count("Youngest age on the day", default=11, least=YOUNGEST)
    age_to = _count("Oldest age on the day", default=18, least=YOUNGEST, hint=f"Up to {OLDEST}.")
    capacity = _count("Places in all", default=60)
    young = _count("Places for young people", default=40)
    ambassador = _count("Places for youth ambassadors")
    professional = _count("Places for professionals", default=20)
    facilitator = _count("Places for facilitators", default=6)
    floor = IntegerField(
        "Places kept for young people only",
        [Optional(), NumberRange(min=0, max=500)],
        description="Half of all places or more. Left empty, it is half.",
    )
    agency_cap = _count(
        "At most so many of one agency",
        default=5,
        hint="0 for no limit. Organisations on no list share this number: put those you expect on the list.",
    )
    adults = _count(
        "Adults in the ratio plan",
        hint=f"Named people with checks who are there all the time, at least {ADULTS_AT_LEAST}. Nobody under 18 is "
        "given a place that these adults could not look after.",
    )
    younger_per_adult = _count("Young people up to 12 for each adult", default=8, least=1)
    older_per_adult = _count("Young people from 13 to 17 for each adult", default=10, least=1)

    def validate_ends(self, field: Any) -> None:
        """Hold it against the start. Raises `ValidationError`."""
        try:
            check_hours(self.starts.data, field.data)
        except NotValid as problem:
            raise ValidationError(str(problem)) from problem

    def show(self, plan: Plan) -> "PlanForm":
        """Fill the form with a plan."""
        self.process(**{**vars(plan), **vars(plan.limits), "kind": plan.kind.value})
        return self

    def record(self) -> Plan:
        """Give the plan as typed."""
        numbers = {name: getattr(self, name).data for name in Limits.__dataclass_fields__}
        if numbers["floor"] is None:
            numbers["floor"] = (numbers["capacity"] + 1) // 2
        words: dict[str, Any] = {name: getattr(self, name).data or "" for name in TEXTS}
        days: dict[str, Any] = {name: getattr(self, name).data for name in DAYS}
        ages = {"age_from": self.age_from.data, "age_to": self.age_to.data}
        return Plan(kind=Kind(self.kind.data), limits=Limits(**numbers), **words, **days, **ages)


class TranslationForm(PageForm):
    """What young people read about a forum, in one more language."""

    theme = _line("Theme")
    about = _text("What it is about")
    programme = _text("Programme")
    access = _text("How people get in", rows=3)

    def record(self) -> dict[str, str]:
        """Give the texts."""
        return {name: getattr(self, name).data or "" for name in WORDS}


class CancelForm(PageForm):
    """Why a forum does not take place."""

    reason = _line("Why it is cancelled", most=300, hint="Everybody who signed up reads this.")


class TakeAwayForm(PageForm):
    """Why the team cancels one sign-up."""

    reason = StringField(
        "Why you cancel it",
        [DataRequired("Say why: they read it."), Length(max=300, message="Make it shorter: up to 300 letters")],
        description="They read this on their own page, and so does their adult. The letter says nothing of it.",
    )


class RoomForm(PageForm):
    """One line of who will be in the room."""

    agency = StringField("Agency", [DataRequired("Name the agency"), Length(max=160)])
    role = StringField("Role", [DataRequired("Name the role, no person's name"), Length(max=120)])


class DoorForm(PageForm):
    """Who of the staff is at the door."""

    person_id = SelectField("Somebody of the staff", coerce=int)


ADULTS = {relation: words for relation, words in RELATION_NAMES.items() if relation is not Relation.SELF}


class RightAdultForm(PageForm):
    """Who may say yes for somebody under 16, and why the team says so."""

    relation = SelectField(
        "Who may say yes", choices=choices(ADULTS), description="A parent or carer: not in care. The last two: in care."
    )
    name = StringField("Their name", [Length(max=60, message="Make it shorter: up to 60 letters")])
    contact = StringField(
        "Their e-mail or mobile number",
        [DataRequired("Type how we reach them"), Length(max=LONGEST), Reachable()],
        description="They get a link of their own. The one before opens nothing any more.",
    )
    reason = StringField(
        "Why you change it",
        [DataRequired("Say why: it is kept with your name"), Length(max=200, message="Make it shorter")],
        description="Like: chosen by mistake, their social worker called. No names: it stands in the audit.",
    )

    def record(self) -> Guardian:
        """Give the adult."""
        return Guardian(Relation(self.relation.data), self.contact.data, self.name.data or "")


class OwnAgeForm(PageForm):
    """How old somebody will be who decides alone, and how the team knows."""

    age = IntegerField(
        "How old they will be on the day",
        [
            InputRequired("Type their age on the day"),
            NumberRange(
                OWN_CONSENT_FROM, OLDEST, message=f"From {OWN_CONSENT_FROM} to {OLDEST}: below, an adult decides"
            ),
        ],
    )
    reason = StringField(
        "How you know",
        [DataRequired("Say how you know: it is kept with your name"), Length(max=200, message="Make it shorter")],
        description="Like: they showed their school card, their birthday is before the day. It stands in the audit.",
    )


class ToldForm(PageForm):
    """What the right adult said, on the phone or on paper."""

    relation = SelectField("Who said it", choices=choices(ADULTS))
    name = StringField("Their name", [DataRequired("Write down who said it"), Length(max=120)])
    how = RadioField("How", [DataRequired("Choose how they said it")], choices=choices(HOW))
    given = SelectMultipleField(
        "They said yes to",
        choices=choices(WORDING),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description="What is not ticked is a no. Without the first, the place goes on to the next in line.",
    )

    def record(self) -> Answers:
        """Give the answers as told."""
        given = frozenset(Purpose(one) for one in self.given.data or ())
        return Answers(given, Relation(self.relation.data), self.name.data, how=self.how.data)
