"""Who can help now, when and how to reach them; with an owner, and a day by which somebody looks again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from engage.safeguarding.rules.opening_hours import ANY_TIME, Hours
from engage.shared.words import N_

OWNER = "Safeguarding lead (to be confirmed by the partnership)"
WRITTEN_ON = date(2026, 11, 23)
REVIEWED_EVERY = timedelta(days=90)


@dataclass(frozen=True)
class Signpost:
    """One way to reach somebody. `when` is for the box on every page, the rest for the help page; words in English.

    `call` is what a person dials, types or opens, and `link` the same for the phone. `hours` says in words what `open`
    says for the clock (left empty where it is not known to the hour). `until_age` is the last age they are for, None
    for everybody; `languages_by` names who says in public that they bring interpreters, empty where nobody does.
    """

    name: str
    when: str
    call: str
    link: str
    hours: str
    about: str
    open: tuple[Hours, ...] = ()
    until_age: int | None = None
    languages_by: str = ""

    @property
    def any_language(self) -> bool:
        """True where one may ask for somebody who speaks one's own language."""
        return bool(self.languages_by)

    def is_open(self, at: datetime) -> bool | None:
        """Answer whether they are there now (London time); None where nobody knows it to the hour."""
        return any(hours.hold(at) for hours in self.open) if self.open else None


MASH_OPEN = (
    Hours(range(4), time(9), time(17, 15), holidays=False),
    Hours(range(4, 5), time(9), time(17), holidays=False),
)
DANGER = Signpost(
    name=N_("Police and ambulance"),
    when=N_("In danger now?"),
    call="999",
    link="tel:999",
    hours=N_("Any time, day or night. It's free."),
    about=N_("If you can't speak, call from a mobile, stay on the line and press 55."),
    open=ANY_TIME,
)
CHILDLINE = Signpost(
    name="Childline",
    when=N_("Talk to Childline"),
    call="0800 1111",
    link="tel:08001111",
    hours=N_("Any time, day or night. It's free, and it isn't on the phone bill."),
    about=N_("Talk about anything. You don't have to say your name. There is a chat on childline.org.uk too."),
    open=ANY_TIME,
    until_age=18,
)
SHOUT = Signpost(
    name="Shout",
    when=N_("Text SHOUT to"),
    call="85258",
    link="sms:85258",
    hours=N_("Any time, day or night. It's free, and it isn't on the phone bill."),
    about=N_("For when you can't or don't want to talk out loud. Text the word SHOUT and somebody texts back."),
    open=ANY_TIME,
)
MASH = Signpost(
    name=N_("Barnet MASH, the council's team for children's safety"),
    when=N_("Not safe? Barnet MASH"),
    call="020 8359 4066",
    link="tel:02083594066",
    hours=N_("Monday to Thursday 9 to 5.15, Friday 9 to 5."),
    about=N_("If you, or a child you know, are being hurt or not looked after. Anybody can call."),
    open=MASH_OPEN,
)
EVENING = Signpost(
    name=N_("Barnet's team for evenings, nights and weekends"),
    when="",
    call="020 8359 2000",
    link="tel:02083592000",
    hours=N_("When MASH is closed."),
    about=N_("Ask for the Emergency Duty Team."),
)
PAPYRUS = Signpost(
    name="HOPELINE247",
    when="",
    call="0800 068 4141",
    link="tel:08000684141",
    hours=N_("Any time, day or night. It's free."),
    about=N_("If you think about ending your life, or worry about a friend. Run by PAPYRUS."),
    open=ANY_TIME,
    until_age=34,
)
NHS = Signpost(
    name="NHS 111",
    when="",
    call="111",
    link="tel:111",
    hours=N_("Any time, day or night. It's free."),
    about=N_("If you feel you can't cope, call and choose option 2 for the mental health team."),
    open=ANY_TIME,
    languages_by="myhealth.london.nhs.uk/nhs-111",
)
REMOVE = Signpost(
    name="Report Remove",
    when="",
    call="childline.org.uk/remove",
    link="https://www.childline.org.uk/remove",
    hours=N_("Any time, on the web."),
    about=N_("If a naked picture or video of you is online, or somebody says they will post it. For under 18s."),
    open=ANY_TIME,
    until_age=17,
)
CEOP = Signpost(
    name=N_("CEOP, the police for children's safety online"),
    when="",
    call="ceop.police.uk",
    link="https://www.ceop.police.uk/ceop-reporting/",
    hours=N_("Write any time. They read it in working hours."),
    about=N_("If somebody online asks for pictures, wants to meet, or makes you do things."),
)
RUNAWAY = Signpost(
    name="Runaway Helpline",
    when="",
    call="116 000",
    link="tel:116000",
    hours=N_("Call or text, 9 in the morning to 11 at night. It's free."),
    about=N_("If you think about running away, or you have already gone. You can text the same number."),
    open=(Hours(range(7), time(9), time(23)),),
)
VOICE = Signpost(
    name="Coram Voice",
    when="",
    call="0808 800 5792",
    link="tel:08088005792",
    hours=N_("Monday to Friday, working hours. It's free."),
    about=N_("For children in care and care leavers who want somebody on their side."),
)

ALWAYS_SHOWN = (DANGER, CHILDLINE, SHOUT, MASH)
GROUPS: tuple[tuple[str, tuple[Signpost, ...]], ...] = (
    (N_("You are in danger now"), (DANGER,)),
    (N_("You want to talk, about anything"), (CHILDLINE, SHOUT)),
    (N_("Somebody hurts you, or home isn't safe"), (MASH, EVENING)),
    (N_("You think about hurting yourself or ending your life"), (PAPYRUS, NHS)),
    (N_("Somebody online scares or pushes you"), (REMOVE, CEOP)),
    (N_("You have run away, or want to"), (RUNAWAY,)),
    (N_("You are in care, or have left care"), (VOICE,)),
)


def now_first(lines: Iterable[Signpost], at: datetime) -> list[tuple[Signpost, bool | None]]:
    """Give each line with whether somebody is there now (London time); who is not there comes last."""
    return sorted(((line, line.is_open(at)) for line in lines), key=lambda found: found[1] is False)


def review_due(reviewed_on: date) -> date:
    """Give the day by which somebody checks every line again."""
    return reviewed_on + REVIEWED_EVERY


def are_reviewed(reviewed_on: date, *, today: date) -> bool:
    """True while the help lines were checked in the last 90 days; a wave cannot open without it."""
    return today <= review_due(reviewed_on)
