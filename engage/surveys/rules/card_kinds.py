"""Every kind of card in the words of the team, and what each needs: the editor's form follows this table."""

from collections.abc import Mapping
from dataclasses import dataclass

from engage.surveys.rules.documents import CHOICES
from engage.surveys.rules.items import NEVER_MISSING, Kind


@dataclass(frozen=True)
class KindOfCard:
    """A kind in words. `needs` are the parts of the form it shows beside those that every question has.

    `options` are what a new one begins with; where they are `fixed`, their codes stay whatever the words.
    """

    name: str
    hint: str
    needs: frozenset[str]
    options: tuple[tuple[str, str], ...] = ()  # code and words to begin with

    fixed: bool = False

    def wants(self, part: str) -> bool:
        """Whether the form shows this part."""
        return part in self.needs

    def keeps(self, code: str, words: str) -> bool:
        """Whether an option of a new item keeps the code it began with."""
        return any(code == own and (self.fixed or words == said) for own, said in self.options)


YES_NO = (("yes", "Yes"), ("no", "No"))


def _kind(name: str, hint: str, *needs: str, options: tuple[tuple[str, str], ...] = ()) -> KindOfCard:
    return KindOfCard(name, hint, frozenset(needs), options, options == YES_NO)


SCALE = (
    ("very_happy", "Very happy"), ("happy", "Happy"), ("between", "In between"), ("unhappy", "Unhappy"),
    ("very_unhappy", "Very unhappy"),
)  # fmt: skip
KINDS: Mapping[Kind, KindOfCard] = {
    Kind.SINGLE: _kind("One answer", "Choose one from a list", "options", "shuffle"),
    Kind.MULTIPLE: _kind(
        "Several answers", "Tick several, up to a limit if you like", "options", "pick", "shuffle", "alone"
    ),
    Kind.SCALE: _kind(
        "A scale with words", "Very happy to very unhappy, with drawn faces if you like", "options", "faces",
        options=SCALE,
    ),
    Kind.YES_NO: _kind("Yes or no", "Two answers", "options", options=YES_NO),
    Kind.NUMBER: _kind("0 to 10", "Eleven numbers; you say what 0 and 10 mean", "ends"),
    Kind.OPEN: _kind("In their own words", "A box to write in, short or long", "long"),
    Kind.AREA: _kind("Where they live", "A list of areas, or the first half of a postcode", "options"),
    Kind.AGE: _kind("Age", "A list of ages; only the band is kept"),
    Kind.INFORMATION: _kind("Words only", "Says something and asks nothing"),
    Kind.CONSENT: _kind("Consent", "Yes or no; a no ends the survey", "options", options=YES_NO),
}  # fmt: skip


def kind_of_card(kind: Kind) -> KindOfCard:
    """What the editor knows of a kind; one that is not in the table is shown with all it could need."""
    if kind in KINDS:
        return KINDS[kind]
    needs = {"options", "shuffle"} if kind in CHOICES else set()
    return KindOfCard(kind.value.replace("_", " ").capitalize(), "", frozenset(needs))


def choices() -> dict[str, KindOfCard]:
    """Every kind the engine knows, in its order."""
    return {kind.value: kind_of_card(kind) for kind in Kind}


def may_be_left_out(kind: Kind) -> bool:
    """Whether this kind offers "don't know" and "rather not say"."""
    return kind not in NEVER_MISSING
