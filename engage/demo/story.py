"""Replay the loop's story through the actions, each step on its own day."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from engage.accounts.rules import Person, Role
from engage.demo.material import material, on
from engage.demo.people import Cast
from engage.youwesaid.actions import action, concern, felt_answers, felt_check, file, merging, quote, steps, update
from engage.youwesaid.rules.concerns import NewConcern, Refusal
from engage.youwesaid.rules.felt_check import Counts, NewHands
from engage.youwesaid.rules.quotes import NewQuote, Said

Entry = Mapping[str, Any]
PICTURE = "Open to you\n\nTuesday and Thursday, 5 pm to 9 pm\nFree. Youth workers are there.\n\n(an invented sign)"
AMBASSADORS = sum(one["role"] == Role.AMBASSADOR for one in material("people")["people"])


@dataclass
class Scene:
    """One concern while its story is told: who is there, and the ids of what came of earlier steps."""

    entry: Entry
    cast: Cast
    themes: Mapping[str, int]
    loaded_on: date
    others: dict[str, "Scene"] = field(default_factory=dict)
    concern_id: int = 0
    ids: dict[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One step on its day, with what it says."""

    scene: Scene
    says: Entry

    @property
    def by(self) -> Person:
        return self.scene.cast.people[self.says["by"]]

    @property
    def today(self) -> date:
        return self.day("day")

    def day(self, key: str) -> date:
        return on(self.scene.loaded_on, self.says[key])

    def id_of(self, kind: str) -> int:
        return self.scene.ids[kind, self.says[kind]]


@dataclass(frozen=True)
class Act:
    """Something else that happens on a day, told among the steps."""

    day: date
    do: Callable[[], object]


def tell(cast: Cast, themes: Mapping[str, int], *, today: date, also: Iterable[Act] = ()) -> None:
    """Tell the story of every concern, in the order of its days, so that ids say nothing about what came of it.

    `also` happens in between, on its own days.
    """
    scenes = [Scene(entry, cast, themes, today) for entry in material("story")["concerns"]]
    for scene in scenes:
        scene.others = {other.entry["code"]: other for other in scenes}
    told = [Step(scene, says) for scene in scenes for says in scene.entry["steps"]]
    acts = [Act(step.today, partial(DEEDS[step.says["do"]], step)) for step in told]
    for act in sorted([*acts, *also], key=lambda act: act.day):
        act.do()


def _propose(step: Step) -> None:
    scene, says = step.scene, step.scene.entry
    about = says.get("about_agency")
    new = NewConcern(
        title=says["title"], you_said=says["you_said"], topic=says["topic"], promised_on=step.day("promised"),
        said_on=on(scene.loaded_on, says["said"]), theme_ids=tuple(scene.themes[code] for code in says["themes"]),
        sources=says["sources"], about_agency_id=scene.cast.agencies[about] if about else None,
        priorities=tuple(says.get("priorities", ())),
    )  # fmt: skip
    scene.concern_id = concern.propose(new, by=step.by, today=step.today)


def _hear(step: Step) -> None:
    concern.hear(step.scene.concern_id, by=step.by, today=step.today)


def _look(step: Step) -> None:
    concern.look(step.scene.concern_id, by=step.by, today=step.today)


def _refuse(step: Step) -> None:
    why = Refusal(step.says["reason"], step.says["decided_by"], step.day("look_again"))
    concern.refuse(step.scene.concern_id, why, by=step.by, today=step.today)


def _ask_felt(step: Step) -> None:
    check_id = felt_check.ask(step.scene.concern_id, closes_on=step.day("until"), by=step.by, today=step.today)
    step.scene.ids["felt", "check"] = check_id
    hands = NewHands(step.says["forum"], step.today, Counts(**step.says["hands"]))
    felt_check.count_hands(check_id, hands, by=step.by, today=step.today)
    for answer, people in step.says["receipts"].items():
        for number in range(people):  # receipts that nobody holds: what they leave is gone when it is closed
            holder = f"{answer} {number}".encode().ljust(32)
            felt_answers.answer_with_receipt(check_id, holder, answer, today=step.today)


def _close_felt(step: Step) -> None:
    felt_check.report(step.scene.ids["felt", "check"], by=step.by, today=step.today)


def _ask(step: Step) -> None:
    agency_id = step.scene.cast.agencies[step.says["agency"]]
    asked = action.ask(step.scene.concern_id, agency_id=agency_id, what=step.says["what"])
    step.scene.ids["action", step.says["action"]] = asked


def _agree(step: Step) -> None:
    owner = step.scene.cast.people[step.says["owner"]]
    action.agree(step.id_of("action"), owner_id=owner.id, due_on=step.day("due"), by=step.by, today=step.today)


def _start(step: Step) -> None:
    action.start(step.id_of("action"), by=step.by)


def _claim(step: Step) -> None:
    action.claim(step.id_of("action"), evidence=step.says["evidence"], by=step.by, today=step.today)


def _verify(step: Step) -> None:
    action.verify(step.id_of("action"), by=step.by, today=step.today)


def _return(step: Step) -> None:
    action.send_back(step.id_of("action"), reason=step.says["reason"], by=step.by)


def _give_up(step: Step) -> None:
    action.give_up(step.id_of("action"), reason=step.says["reason"], by=step.by, today=step.today)


def _draft(step: Step) -> None:
    new = update.NewUpdate(step.says["we_did"], step.says["next_step"], step.day("next_by"))
    drafted = update.draft(step.scene.concern_id, new, by=step.by, today=step.today)
    step.scene.ids["update", step.says["update"]] = drafted


def _check_facts(step: Step) -> None:
    update.check_facts(step.id_of("update"), by=step.by, today=step.today)


def _approve(step: Step) -> None:
    update.approve(step.id_of("update"), by=step.by, today=step.today)


def _send_back(step: Step) -> None:
    update.send_back(step.id_of("update"), reason=step.says["reason"], by=step.by, today=step.today)


def _publish(step: Step) -> None:
    update.publish(step.id_of("update"), by=step.by, today=step.today)


def _publish_unchecked(step: Step) -> None:
    update.publish_unchecked(step.id_of("update"), ambassadors=AMBASSADORS, by=step.by, today=step.today)


def _withdraw(step: Step) -> None:
    safety = step.says.get("safety", False)
    update.withdraw(step.id_of("update"), for_safety=safety, by=step.by, today=step.today)


def _revise(step: Step) -> None:
    new = update.NewUpdate(step.says["we_did"], step.says["next_step"], step.day("next_by"))
    changed = step.scene.ids["update", step.says["of"]]
    revised = update.revise(changed, new, by=step.by, today=step.today)
    step.scene.ids["update", step.says["update"]] = revised


def _override(step: Step) -> None:
    update.override(step.id_of("update"), reason=step.says["reason"], by=step.by, today=step.today)


def _hold(step: Step) -> None:
    update.hold(step.id_of("update"), reason=step.says["reason"], by=step.by, today=step.today)


def _step(step: Step) -> None:
    agency_id, of = step.scene.cast.agencies[step.says["agency"]], step.scene.ids["action", step.says["of"]]
    step.scene.ids["action", step.says["action"]] = steps.add(of, agency_id=agency_id, what=step.says["what"])


def _picture(step: Step) -> None:
    drawn = Image.new("RGB", (640, 360), "#f4efe6")
    ImageDraw.Draw(drawn).multiline_text((40, 40), PICTURE, fill="#222222", font_size=28, spacing=14)
    made = BytesIO()
    drawn.save(made, format="png")
    name = step.says["name"]
    file.add(step.id_of("action"), name=name, content=made.getvalue(), by=step.by, today=step.today)


def _quote(step: Step) -> None:
    new = NewQuote("", step.says["told"], "")
    chosen = quote.choose(step.scene.concern_id, new, Said(0, ()), by=step.by, today=step.today)
    step.scene.ids["quote", step.says["quote"]] = chosen


def _check_quote(step: Step) -> None:
    quote.check(step.id_of("quote"), by=step.by, today=step.today)


def _merge(step: Step) -> None:
    into = step.scene.others[step.says["into"]].concern_id
    merging.merge(step.scene.concern_id, into_id=into, by=step.by, today=step.today)


DEEDS: dict[str, Callable[[Step], None]] = {
    "propose": _propose, "hear": _hear, "look": _look, "refuse": _refuse, "ask_felt": _ask_felt,
    "close_felt": _close_felt, "ask": _ask, "agree": _agree,
    "start": _start, "claim": _claim, "verify": _verify, "return": _return, "give_up": _give_up, "draft": _draft,
    "check_facts": _check_facts, "approve": _approve, "send_back": _send_back, "publish": _publish,
    "publish_unchecked": _publish_unchecked, "withdraw": _withdraw, "revise": _revise, "override": _override,
    "hold": _hold, "step": _step, "picture": _picture, "quote": _quote, "check_quote": _check_quote, "merge": _merge,
}  # fmt: skip
