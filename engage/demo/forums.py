"""Replay the invented forums through the actions: open, nearly full, met and answered, happening now, invited only."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle
from typing import Any

from sqlalchemy import update

from engage.accounts.rules import Person
from engage.demo.afterwards import Held, ask_four_questions, tell_what_came
from engage.demo.material import material, on
from engage.demo.people import Cast
from engage.forums.actions import agencies, consents, door, keeping, notes, setting_up, signing_up
from engage.forums.queries.forums import forum as forum_by_id
from engage.forums.queries.sign_ups import people
from engage.forums.rules.consents import Answers, Purpose, Relation
from engage.forums.rules.door import Mark
from engage.forums.rules.forums import Kind, Plan
from engage.forums.rules.notes import NewNotes
from engage.forums.rules.places import Limits, Place
from engage.forums.rules.signing_up import Group, Guardian, Professional, YoungPerson
from engage.shared import db
from engage.shared.clock import LONDON, now
from engage.shared.outbox import SENT, LetterRow

Entry = Mapping[str, Any]
NINE = time(9)
SIGNED_UP_AFTER = timedelta(days=1)
PHONE = "020 7946 0000"  # a number kept for invented people
UNDER_16 = (11, 12, 13, 14, 15)
FROM_16 = (16, 17, 18)
HALF_AN_HOUR = 30  # minutes
GOES_ON_FOR = timedelta(hours=4)
NOW = "now"  # the hours of a forum that is happening while the demo is loaded


@dataclass
class Scene:
    """One forum while it is played: who runs it, which names and roles come next, what the clock says."""

    entry: Entry
    by: Person
    loaded_on: date
    names: Iterator[str]
    roles: Mapping[str, list[str]]
    draw: random.Random
    forum_id: int = 0
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 1000)))

    @property
    def at(self) -> datetime:
        """When people signed up."""
        return datetime.combine(on(self.loaded_on, self.entry["opened"]), NINE, UTC) + SIGNED_UP_AFTER

    @property
    def lately(self) -> datetime:
        """When those signed up whose adult has not answered yet."""
        return datetime.combine(self.loaded_on, NINE, UTC) - SIGNED_UP_AFTER

    def contact(self, name: str) -> str:
        """An address that reaches nobody."""
        return f"{name.lower()}.{self.entry['code']}{next(self.numbers)}@example.org"


def play(cast: Cast, *, today: date) -> list[Held]:
    """Set every forum up, let people sign up and let happen what has met; gives those that are over.

    What was said at their tables is then read by the machine, with everything else.
    """
    found = material("forums")
    draw = random.Random(20_260)  # noqa: S311  (the same demo every time)
    held = []
    for entry in found["forums"]:
        names = draw.sample(found["first_names"], len(found["first_names"]))
        scene = Scene(entry, cast.people["amara"], today, cycle(names), found["roles"], draw)
        _open(scene)
        _fill(scene)
        if entry["hours"] == NOW:
            _begin(scene, cast)
        if entry["meets"] < 0:
            _happen(scene)
            held.append(Held(scene.forum_id, entry, on(today, entry["meets"]), on(today, entry["promised"])))
            ask_four_questions(held[-1], cast)
    return held


def tell(cast: Cast, held: list[Held], themes: Mapping[str, int], *, today: date) -> None:
    """Say what came of the forums that are over, once their notes are read."""
    for one in held:
        tell_what_came(one, cast, themes, today=today)
    # Most letters have left long ago; those of the waiting list and of the group stay to be looked at.
    left = LetterRow.kind.not_in(("waiting", "group"))
    db.session.execute(update(LetterRow).where(left).values(state=SENT, to=None, subject=None, body=None))


def _open(scene: Scene) -> None:
    entry = scene.entry
    scene.forum_id = setting_up.set_up(_plan(scene), by=scene.by)
    for language, words in entry["words"].items():
        setting_up.translate(scene.forum_id, language, words)
    for agency, role in entry["room"]:
        setting_up.add_to_room(scene.forum_id, agency=agency, role=role)
    for agency in entry.get("listed", ()):
        agencies.list_agency(agency, forum_id=scene.forum_id, at=scene.at)
    setting_up.open_forum(scene.forum_id, by=scene.by, today=on(scene.loaded_on, entry["opened"]))


def _plan(scene: Scene) -> Plan:
    entry, today = scene.entry, scene.loaded_on
    starts, ends = _hours(entry["hours"])
    return Plan(
        kind=Kind(entry["kind"]), theme=entry["theme"], about=entry["about"], programme=entry["programme"],
        meets_on=on(today, entry["meets"]), closes_on=on(today, entry["closes"]),
        promised_on=on(today, entry["promised"]), starts=starts, ends=ends, venue=entry["venue"],
        address=entry["address"], access=entry["access"], lead=entry["lead"], lead_phone=PHONE,
        risk_reference=entry["risk"], age_from=entry["ages"][0], age_to=entry["ages"][1],
        limits=Limits(**entry["limits"]),
    )  # fmt: skip


def _hours(hours: Any) -> tuple[time, time]:
    if hours == NOW:
        here = now().astimezone(LONDON)
        starts = here.replace(minute=here.minute - here.minute % HALF_AN_HOUR, second=0, microsecond=0)
        return starts.time(), (starts + GOES_ON_FOR).time()
    first, last = hours
    return time.fromisoformat(first), time.fromisoformat(last)


def _fill(scene: Scene) -> None:
    counts = scene.entry["young"]
    for number in range(counts["adults_said_yes"] + counts["waiting_for_yes"]):
        _join_child(scene, said_yes=number < counts["adults_said_yes"])
    for _ in range(counts["from_16"]):
        _join_older(scene)
    for agency, count in scene.entry["adults"].items():
        _join_adults(scene, agency, Place.PROFESSIONAL, count)
    for agency, count in scene.entry["facilitators"].items():
        _join_adults(scene, agency, Place.FACILITATOR, count)
    if "group" in scene.entry:
        _join_group(scene, scene.entry["group"])


def _ages(scene: Scene, ages: tuple[int, ...]) -> int:
    first, last = scene.entry["ages"]
    return scene.draw.choice([age for age in ages if first <= age <= last])


def _place(scene: Scene) -> Place:
    return Place.YOUNG if scene.entry["limits"]["young"] else Place.AMBASSADOR


def _join_child(scene: Scene, *, said_yes: bool) -> None:
    name = next(scene.names)
    guardian = Guardian(Relation.PARENT, scene.contact(f"parent.{name}"), f"{name}'s parent")
    new = YoungPerson(
        first_name=name, age=_ages(scene, UNDER_16), contact=scene.contact(name), guardian=guardian, home="collected",
        place=_place(scene),
    )  # fmt: skip
    at = scene.at if said_yes else scene.lately
    signed = signing_up.sign_up(scene.forum_id, new, at=at, language="en")
    if said_yes:
        given = {Purpose.ATTEND, Purpose.MEDICAL, *scene.draw.sample([Purpose.PHOTO_INSIDE, Purpose.PHOTO_PUBLIC], 1)}
        answers = Answers(frozenset(given), Relation.PARENT, guardian.name)
        consents.answer(signed.id, answers, at=scene.at)


def _join_older(scene: Scene) -> None:
    name = next(scene.names)
    own = Answers(frozenset({Purpose.ATTEND, Purpose.LEAVE_ALONE}), Relation.SELF, name)
    new = YoungPerson(
        first_name=name, age=_ages(scene, FROM_16), contact=scene.contact(name), home="alone", own_consents=own,
        place=_place(scene),
    )  # fmt: skip
    signing_up.sign_up(scene.forum_id, new, at=scene.at, language="en")


def _join_adults(scene: Scene, agency: str, place: Place, count: int) -> None:
    for _ in range(count):
        _join_adult(scene, agency, place)


def _join_adult(scene: Scene, agency: str, place: Place) -> None:
    name, role = next(scene.names), scene.draw.choice(scene.roles[agency])
    new = Professional(f"{name} (invented)", role, agency, scene.contact(name), checks=True, place=place)
    signed = signing_up.sign_up(scene.forum_id, new, at=scene.at, language="en")
    if scene.draw.random() < 0.7:  # noqa: PLR2004  (most have shown theirs)
        setting_up.see_checks(signed.id, by=scene.by, today=scene.at.date())


def _join_group(scene: Scene, booked: Entry) -> None:
    leader = Professional(
        booked["leader"], "Youth worker", booked["agency"], scene.contact(booked["leader"]), checks=True
    )
    members = tuple(
        YoungPerson(first_name=next(scene.names), age=_ages(scene, FROM_16), home="group")
        for _ in range(booked["size"])
    )
    signing_up.sign_up_group(scene.forum_id, Group(leader, members), at=scene.at, language="en")


def _begin(scene: Scene, cast: Cast) -> None:
    """Open the doors and let some in, so that there is a door to try."""
    for code in scene.entry["at_door"]:
        setting_up.put_at_door(scene.forum_id, cast.people[code].id)
    forum = forum_by_id(scene.forum_id)
    keeping.move_forum(scene.forum_id, forum.doors_at)
    everybody = people(scene.forum_id, ("confirmed",))
    young, adults = ([one for one in everybody if (one.age is None) == adult] for adult in (False, True))
    there = scene.entry["in_already"]
    for number, one in enumerate([*adults[: there["adult"]], *young[: there["young"]]]):
        key = f"demo-{scene.forum_id}-{number:012}-in"
        door.mark(forum, Mark(key, one.id, "check_in"), by=cast.people["joel"], at=max(forum.doors_at, now()))


def _happen(scene: Scene) -> None:
    forum = forum_by_id(scene.forum_id)
    keeping.move_forum(scene.forum_id, forum.doors_at)
    came = people(scene.forum_id, ("confirmed",))[scene.entry["missed"] :]
    for number, one in enumerate(came):
        key = f"demo-{scene.forum_id}-{number:012}"
        door.mark(forum, Mark(f"{key}-in", one.id, "check_in"), by=scene.by, at=forum.doors_at)
        collector = "" if one.age is None else "A parent"
        door.mark(forum, Mark(f"{key}-out", one.id, "check_out", collector), by=scene.by, at=forum.ends_at)
    keeping.move_forum(scene.forum_id, forum.ends_at)
    for said in scene.entry["notes"]:
        new = NewNotes(said["table"], "What should change?", said["words"])
        notes.write_down(forum_by_id(scene.forum_id), new, by=scene.by)
