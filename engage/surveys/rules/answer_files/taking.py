"""Who may take which answers away, and for what reason."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from engage.shared.errors import NotAllowed, NotOpen
from engage.surveys.rules.waves import Wave

KINDS = {
    "csv": "CSV, for any program",
    "xlsx": "XLSX, with its codebook inside",
    "sav": "SPSS (.sav), with value labels",
}
PROTECTED_REASONS = {
    "analysis": "To look at it in another program: protected",
    "partner": "A partner of the panel asked for it: protected",
    "check": "To check our own figures: protected",
}
FULL_REASONS = {
    "return": "A return that the law asks for, answer by answer: in full",
    "research": "Research that the data protection officer agreed to: in full",
    "moving": "We move to another system: in full",
}
REASONS = PROTECTED_REASONS | FULL_REASONS
MAY_TAKE_IN_FULL = "voice"
IN_FULL = [
    "In full: nothing is hidden. Whoever has this file can pick people out.",
    "Keep it where only those see it who were named, and delete it when it is done with.",
    "Rows are in an order of chance, a new one each time. There is no name, no key, no day; only the month.",
    "Written answers are made safe, and only those that a person has checked are there.",
    "Of a place that was typed only that it was typed is kept.",
]
PROTECTED = [
    "Protected: facts about oneself that fewer than 20 rows share are hidden.",
    "Of people alike in these facts up to four are left out, so that they are 20, 25, 30 and so on.",
    "An answer that {few} of such a group gave is hidden there, with the next rarest where those would be few.",
    "Left out: sensitive questions, areas, settings, languages, days and written answers.",
    "Left out too: questions that are only asked because of one of these.",
    "It is the same file each time, in an order of chance, with no key; none is made once somebody deleted answers.",
    "Tables of several answers can still show few people: publish only what Results shows.",
]


@dataclass(frozen=True)
class Taking:
    """What somebody asked for: a kind of file, why, who agreed to it, and whether earlier waves go with it."""

    kind: str
    reason: str
    agreed: str
    earlier: bool

    @property
    def in_full(self) -> bool:
        """Whether nothing is hidden."""
        return self.reason in FULL_REASONS

    @property
    def why(self) -> str:
        """The reason as the audit keeps it."""
        return REASONS[self.reason] + (f". Agreed by: {self.agreed}" if self.agreed else "")


def check_may_take(wave: Wave, *, responses: int, least: int, today: date) -> None:
    """Raise `NotOpen` where no row of this wave may leave: it still takes answers, or too few came."""
    if not wave.over(today):
        raise NotOpen(
            "Answers can be taken away once the wave has closed: two files of an open wave tell who came between."
        )
    if responses < least:
        raise NotOpen(f"Fewer than {least} people answered, so their answers do not leave row by row.")


def check_reason(taking: Taking, roles: Collection[str]) -> None:
    """Raise `NotAllowed` for answers in full that this person's roles do not open."""
    if taking.in_full and MAY_TAKE_IN_FULL not in roles:
        raise NotAllowed("Answers in full are taken away by the voice team only. Choose one of the protected reasons.")


def limits_of(taking: Taking, *, minimum: int) -> list[str]:
    """What to know before a file is used."""
    few = f"fewer than {minimum}"
    return IN_FULL if taking.in_full else [words.format(few=few) for words in PROTECTED]
