"""How one sign-up stands, in the words and steps its own page shows."""

from dataclasses import dataclass

from engage.forums.rules.consents import WORDING, WORDING_SELF, Purpose, needs_adult
from engage.forums.rules.states import GONE, LIVING, NOT_MET
from engage.shared.words import N_

OFF = "off"  # the forum itself was cancelled
TAKEN_BACK = "taken_back"  # the team cancelled this sign-up, and said why

HEADINGS = {
    "awaiting_consent": N_("Your place is kept for you"),
    "confirmed": N_("You have a place"),
    "waitlisted": N_("You are on the waiting list"),
    "offered": N_("A place is free for you"),
    "expired": N_("The time to say yes is over"),
    "cancelled": N_("You are not coming"),
    "attended": N_("You were there"),
    "no_show": N_("We missed you"),
    OFF: N_("This forum has been cancelled"),
    TAKEN_BACK: N_("The team had to cancel your place"),
}
CHECK_HEADING = N_("You have a place, once somebody has seen your check")
CHECK_WORDS = N_(
    "You said that your employer holds no DBS check for you. Ask for one now, and show it to the team before the day. "
    "We write to you when it is seen. Without it, the safeguarding lead decides whether you can come in."
)
MEMBER_CHECK = N_("Has a place, once somebody has seen their check")
MEMBER_NEEDS_YES = N_("Waits for an adult's yes")
MEMBER_WORDS = {
    "awaiting_consent": N_("Place kept, an adult has to say yes"),
    "confirmed": N_("Has a place"),
    "waitlisted": N_("On the waiting list"),
    "offered": N_("A place is free"),
    "expired": N_("The time to say yes is over"),
    "cancelled": N_("Is not coming"),
    "attended": N_("Was there"),
    "no_show": N_("Did not come"),
}
WAITS_FOR = {
    "waitlisted": N_("When a place is free, we write to you and keep it for a day. You need do nothing now."),
    "cancelled": N_("Your place goes to the next in line. Nobody asks you why."),
    "attended": N_("Thank you for coming. What happened because of the forum comes to its page."),
    "no_show": N_("That is all right. What happened because of the forum comes to its page."),
    OFF: N_("You need do nothing. We delete what you told us."),
    TAKEN_BACK: N_("We are sorry. This is why:"),
}
WHAT_CAME = {
    "attended": N_("Thank you for coming. This happened because of what was said there:"),
    "no_show": N_("That is all right. This happened because of what was said there:"),
}
ADULT_SAID_NO = N_(
    "Your adult has said no, so your place goes to the next in line. You can wait in line again, and come if they say "
    "yes after all."
)
WAITS_FOR_YES = N_(
    "Before a place can be free for you, an adult has to say yes. We have written to the one you named: ask them to "
    "look. You can come only with their yes."
)
WAITS_AFTER_NO = N_(
    "Your adult has said no. You wait in line, and can come only if they change it to a yes, or if the team asks "
    "somebody else who says yes."
)
OWN_YES = N_("You: yes. Your adult: not yet")
SAID = {
    "requested": N_("Not answered yet"),
    "given": N_("Yes"),
    "refused": N_("No"),
    "withdrawn": N_("No: taken back"),
}
OWN_NO = N_("No: the young person has not said yes to this")


@dataclass(frozen=True)
class Choice:
    """One yes or no, in words to be translated: what it is about, and what was said."""

    question: str
    answer: str


def own_choices(states: dict[Purpose, str], own_yes: frozenset[Purpose] = frozenset()) -> list[Choice]:
    """Say what was answered for each purpose besides coming at all; `own_yes` waits for the adult's."""
    said = {purpose: OWN_YES if purpose in own_yes else SAID[state] for purpose, state in states.items()}
    return [Choice(WORDING_SELF[purpose], words) for purpose, words in said.items() if purpose is not Purpose.ATTEND]


@dataclass(frozen=True)
class AdultChoice(Choice):
    """One answer of the adult's; `turns` is what changes it by itself: "withdraw", "agree", "" where nothing does."""

    purpose: Purpose
    turns: str


def adult_choices(states: dict[Purpose, str], own_no: frozenset[Purpose]) -> list[AdultChoice]:
    """Say the same to the adult, with what the young person said no to themselves, which no adult changes."""
    said = {purpose: OWN_NO if purpose in own_no else SAID[state] for purpose, state in states.items()}
    return [
        AdultChoice(WORDING[one], words, one, _turns(states[one], own=one in own_no)) for one, words in said.items()
    ]


def _turns(state: str, *, own: bool) -> str:
    if own:
        return ""
    return "withdraw" if state == "given" else "agree"


@dataclass(frozen=True)
class Standing:
    """What the page says first: `state` of the sign-up, `TAKEN_BACK`, or `OFF` where the forum itself is.

    `needs_yes`: under 16, and no adult has said yes yet. `may_return`: the line can be joined again.
    `adult_said_no`: it ended by their adult's no, not by their own. `needs_check`: an adult says that there is no
    check, and nobody has seen one since. `told`: what happened because of the forum is published.
    """

    state: str
    needs_yes: bool = False
    may_return: bool = False
    adult_said_no: bool = False
    needs_check: bool = False
    told: bool = False

    @property
    def waits_for_check(self) -> bool:
        """True for an adult with a place that is sure only once somebody has seen their check."""
        return self.state == "confirmed" and self.needs_check

    @property
    def heading(self) -> str:
        """Give the first sentence."""
        return CHECK_HEADING if self.waits_for_check else HEADINGS[self.state]

    @property
    def words(self) -> str:
        """Give what follows it, "" where a date or a button says more."""
        if self.state == "waitlisted" and self.needs_yes:
            return WAITS_AFTER_NO if self.adult_said_no else WAITS_FOR_YES
        if self.state == "cancelled" and self.adult_said_no:
            return ADULT_SAID_NO
        if self.waits_for_check:
            return CHECK_WORDS
        return (WHAT_CAME if self.told else WAITS_FOR).get(self.state, "")

    @property
    def shows_pass(self) -> bool:
        """True for somebody who will be let in."""
        return self.state == "confirmed" and not self.needs_check

    @property
    def may_change(self) -> bool:
        """True while there is something to change or cancel."""
        return self.state in LIVING


def standing(state: str, *, forum_state: str, why: str = "", needs_yes: bool = False) -> Standing:
    """Say how a sign-up stands; nobody is sent to a forum that was cancelled, whatever they did before."""
    if forum_state == "cancelled":
        return Standing(OFF)
    if state == "cancelled" and why:
        return Standing(TAKEN_BACK)
    return Standing(state, needs_yes=needs_yes, may_return=state in GONE and forum_state in NOT_MET)


def member_words(state: str, *, needs_check: bool, needs_yes: bool = False) -> str:
    """Say how the place of one of a group stands; `needs_yes`: in line, where only an adult's yes opens the way."""
    if state == "waitlisted" and needs_yes:
        return MEMBER_NEEDS_YES
    return MEMBER_CHECK if state == "confirmed" and needs_check else MEMBER_WORDS[state]


def may_record_adult(state: str, *, age: int | None, adult_said_no: bool, over: bool) -> bool:
    """Answer whether the team may record who says yes: while it lives, or after an adult's no.

    `over`: the young person does not want to come, or the team cancelled it.
    """
    ended_by_no = adult_said_no and state == "cancelled" and not over
    return (state in LIVING or ended_by_no) and age is not None and needs_adult(age)


def may_be_asked(age: int | None, *, forum_state: str, why: str = "") -> bool:
    """Answer whether there is anything an adult can say yes or no to."""
    return age is not None and needs_adult(age) and forum_state in NOT_MET and not why
