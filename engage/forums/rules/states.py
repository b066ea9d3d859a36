"""The states of forums, sign-ups, consents and check-ins: who may move them, from where, to where."""

from engage.accounts.rules import Role
from engage.shared.states import CLOCK, Move, States
from engage.shared.words import N_

FOLLOWS = "follows"  # the role of what follows from another step: the last place taken, a place freed
ATTENDEE = "attendee"  # who signed up, or booked for others, by their own link
GUARDIAN = "guardian"  # the adult who may consent, by their own link; at 16 the young person
DOOR = "door"  # the team at the door, that night

TEAM = frozenset({Role.VOICE})
BY_CLOCK = frozenset({CLOCK})
BY_GUARDIAN = frozenset({GUARDIAN})
BY_ITSELF = frozenset({FOLLOWS})
NOT_MET = ("draft", "open", "full", "closed")
SIGNING_UP = ("open", "full")
NOT_OVER = ("open", "full", "closed", "live")
HOLDS_PLACE = ("awaiting_consent", "offered", "confirmed", "attended", "no_show")
GONE = ("expired", "cancelled")  # a way back leads from here to the end of the line
LIVING = ("awaiting_consent", "waitlisted", "offered", "confirmed")

FORUM = States(
    "forum",
    ("draft", "open", "full", "closed", "live", "ended", "fed_back", "cancelled"),
    (
        Move("open", ("draft",), "open", TEAM, N_("Open for sign-up"), "nothing is missing"),
        Move("fill", ("open",), "full", BY_ITSELF, N_("Every place is taken")),
        Move("free", ("full",), "open", BY_ITSELF, N_("There is a place again")),
        Move("close", ("open", "full"), "closed", TEAM | BY_CLOCK, N_("Close sign-up")),
        Move("open_again", ("closed",), "open", TEAM, N_("Open sign-up again"), "sign-up's last moment is to come"),
        Move("begin", ("open", "full", "closed"), "live", BY_CLOCK, N_("The doors open")),
        Move("end", ("live",), "ended", BY_CLOCK, N_("It is over")),
        Move(
            "feed_back", ("ended",), "fed_back", TEAM, N_("We told them what happened"), "an answer on the public page"
        ),
        Move("owe_again", ("fed_back",), "ended", BY_ITSELF, N_("The last answer is taken back")),
        Move("cancel", NOT_MET, "cancelled", TEAM, N_("Cancel the forum"), "a reason"),
    ),
)

SIGN_UP = States(
    "sign-up",
    ("awaiting_consent", "confirmed", "waitlisted", "offered", "expired", "cancelled", "attended", "no_show"),
    (
        Move("confirm", ("awaiting_consent",), "confirmed", frozenset({GUARDIAN}), N_("Agree"), "the right adult"),
        Move("ask_again", ("confirmed", "offered"), "awaiting_consent", BY_ITSELF, N_("Ask for consent"), "under 16"),
        Move("queue", ("awaiting_consent", "confirmed"), "waitlisted", BY_ITSELF, N_("Wait"), "no place fits"),
        Move("offer", ("waitlisted",), "offered", BY_ITSELF, N_("Offer a place"), "quota, group, consent and ratio"),
        Move("accept", ("offered",), "confirmed", frozenset({ATTENDEE}), N_("Take the place"), "the offer still runs"),
        Move("expire", ("offered", "awaiting_consent", "waitlisted"), "expired", BY_CLOCK, N_("Too late")),
        Move(
            "renew",
            GONE,
            "waitlisted",
            frozenset({ATTENDEE, GUARDIAN}),
            N_("Join the line again"),
            "not cancelled by the team; after their own no only they themselves",
        ),
        Move("cancel", LIVING, "cancelled", TEAM | {ATTENDEE, GUARDIAN, FOLLOWS}, N_("Cancel")),
        Move("attend", ("confirmed", "no_show"), "attended", frozenset({DOOR}), N_("Check in")),
        Move("miss", ("confirmed",), "no_show", BY_CLOCK, N_("Did not come")),
    ),
)

CONSENT = States(
    "consent",
    ("requested", "given", "refused", "withdrawn"),
    (
        Move(
            "give", ("requested", "refused", "withdrawn"), "given", frozenset({GUARDIAN}), N_("Yes"), "the right adult"
        ),
        Move("refuse", ("requested", "given"), "refused", frozenset({GUARDIAN}), N_("No")),
        Move(
            "ask_right_adult", ("given",), "requested", BY_ITSELF, N_("Ask the right adult"), "a yes of the wrong one"
        ),
        Move("withdraw", ("given",), "withdrawn", frozenset({GUARDIAN, ATTENDEE}), N_("Take it back")),
        Move(
            "ask_anew",
            ("refused", "withdrawn"),
            "requested",
            frozenset({ATTENDEE}),
            N_("No longer a no"),
            "their own no",
        ),
    ),
)

CHECK_IN = States(
    "check-in",
    ("expected", "in", "away", "out"),
    (
        Move("check_in", ("expected", "out"), "in", frozenset({DOOR}), N_("Check in")),
        Move("step_out", ("in",), "away", frozenset({DOOR}), N_("Out for a moment")),
        Move("come_back", ("away",), "in", frozenset({DOOR}), N_("Back in")),
        Move("check_out", ("in", "away"), "out", frozenset({DOOR}), N_("Check out"), "a young person's way home"),
    ),
)
