"""Every kind of card as the team chooses it: what it is good for, what it begins with, and what its form shows."""

from dataclasses import dataclass

from engage.surveys.rules.items import NO_TILES, Kind
from engage.surveys.rules.kinds import KINDS, Needs

YES_NO = (("yes", "Yes"), ("no", "No"))
SCALE = (
    ("very_happy", "Very happy"), ("happy", "Happy"), ("between", "In between"), ("unhappy", "Unhappy"),
    ("very_unhappy", "Very unhappy"),
)  # fmt: skip
BEGINS_WITH = {Kind.SCALE: SCALE, Kind.YES_NO: YES_NO, Kind.YES_NO_NOT_SURE: YES_NO, Kind.CONSENT: YES_NO}
HINTS = {
    Kind.SINGLE: "Choose one from a list",
    Kind.MULTIPLE: "Tick several, up to a limit if you like",
    Kind.SCALE: "Very happy to very unhappy, with drawn faces if you like",
    Kind.YES_NO: "Two answers",
    Kind.YES_NO_NOT_SURE: "Two answers, and “Not sure” as large as they are",
    Kind.PICTURE: "Each answer is a drawn picture with words",
    Kind.DROPDOWN: "A list that opens, for many answers",
    Kind.RANKING: "First, second, third, with buttons",
    Kind.NUMBER: "Eleven numbers; you say what 0 and 10 mean",
    Kind.AMOUNT: "A whole number that is typed, such as how many",
    Kind.SHORT: "One line to write in",
    Kind.OPEN: "A box to write in",
    Kind.AREA: "A list of areas, or the first half of a postcode",
    Kind.AGE: "A list of ages; only the band is kept",
    Kind.INFORMATION: "Says something and asks nothing",
    Kind.CONSENT: "Yes or no; a no ends the survey",
}


@dataclass(frozen=True)
class CardKind:
    """A kind in words, with the table's needs; where what it begins with is `fixed`, codes stay whatever the words."""

    kind: Kind
    name: str
    hint: str
    needs: Needs
    options: tuple[tuple[str, str], ...] = ()

    @property
    def fixed(self) -> bool:
        return self.options == YES_NO

    def wants(self, part: str) -> bool:
        """Whether the form shows this part."""
        needs = self.needs
        more = {
            "pick": needs.several or self.kind is Kind.RANKING,
            "alone": needs.several,
            "shuffle": needs.order,
            "long": self.kind is Kind.OPEN,
            "unsure": needs.options and needs.missing and self.kind not in {Kind.YES_NO_NOT_SURE, *NO_TILES},
            "good": needs.options and self.kind is not Kind.RANKING,
            "bands": needs.ends or needs.limits,
        }
        return bool(more.get(part, getattr(needs, part, False)))

    def keeps(self, code: str, words: str) -> bool:
        """Whether an option of a new item keeps the code it began with."""
        return any(code == own and (self.fixed or words == said) for own, said in self.options)


def card_kind(kind: Kind) -> CardKind:
    """What the editor knows of a kind."""
    needs = KINDS[kind]
    return CardKind(kind, needs.words, HINTS.get(kind, ""), needs, BEGINS_WITH.get(kind, ()))


def choices() -> dict[str, CardKind]:
    """Every kind the engine knows, in the order of its table."""
    return {kind.value: card_kind(kind) for kind in KINDS}
