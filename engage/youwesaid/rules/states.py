"""The states of concerns, actions and updates: who may move them, from where, to where."""

from engage.accounts.rules import Role
from engage.shared.states import CLOCK, Move, States
from engage.shared.words import N_

FOLLOWS = "follows"  # the role of what follows from another step: an action agreed, the last action verified
YOUNG_PEOPLE = "young people"  # only a felt-check moves a concern like this

PQA = frozenset({Role.PQA})
VOICE = frozenset({Role.VOICE})
AGENCY = frozenset({Role.AGENCY})
LEAD = frozenset({Role.SAFEGUARDING})
CHECKERS = frozenset({Role.VOICE, Role.PQA, Role.AGENCY, Role.SAFEGUARDING})

CONCERN = States(
    "concern",
    ("proposed", "heard", "looking", "doing", "done", "felt", "cannot", "reopened"),
    (
        Move("hear", ("proposed",), "heard", PQA, N_("Agree: we have heard this"), "somebody else proposed it"),
        Move("send_back", ("proposed",), "proposed", PQA, N_("Not yet: send it back"), "a reason"),
        Move("rewrite", ("proposed",), "proposed", VOICE, N_("Change the words")),
        Move("look", ("heard", "reopened"), "looking", PQA, N_("We are finding out more")),
        Move(
            "begin",
            ("heard", "looking", "reopened"),
            "doing",
            frozenset({Role.PQA, FOLLOWS}),
            N_("We are doing something"),
        ),
        Move("finish", ("doing",), "done", frozenset({FOLLOWS}), N_("We say it's done"), "every action is verified"),
        Move(
            "feel",
            ("done",),
            "felt",
            frozenset({YOUNG_PEOPLE}),
            N_("Young people say it's better"),
            "enough felt-checks",
        ),
        Move(
            "refuse",
            ("heard", "looking", "doing", "reopened"),
            "cannot",
            PQA,
            N_("We can't do this"),
            "a reason and a day",
        ),
        Move(
            "reopen",
            ("done", "felt", "cannot"),
            "reopened",
            frozenset({Role.PQA, CLOCK, YOUNG_PEOPLE}),
            N_("Open it again"),
        ),
    ),
)


ACTION = States(
    "action",
    ("proposed", "agreed", "in_progress", "done_claimed", "done_verified", "not_done"),
    (
        Move("agree", ("proposed",), "agreed", AGENCY, N_("Agree to this"), "an owner and a date to come"),
        Move("start", ("agreed",), "in_progress", AGENCY, N_("We have started")),
        Move("claim", ("agreed", "in_progress"), "done_claimed", AGENCY, N_("Say it's done"), "evidence"),
        Move(
            "verify",
            ("done_claimed",),
            "done_verified",
            PQA,
            N_("Agree that it is done"),
            "the verifier is of another agency",
        ),
        Move("send_back", ("done_claimed",), "in_progress", PQA, N_("Not yet: send it back"), "a reason"),
        Move(
            "give_up", ("proposed", "agreed", "in_progress"), "not_done", AGENCY, N_("We will not do this"), "a reason"
        ),
        Move(
            "hand_over",
            ("proposed", "agreed", "in_progress"),
            "proposed",
            PQA | VOICE,
            N_("Hand it to another agency"),
            "an agency whose people can sign in",
        ),
        Move("name_owner", ("agreed",), "agreed", AGENCY, N_("Somebody else does it"), "of the same agency"),
        Move("name_owner", ("in_progress",), "in_progress", AGENCY, N_("Somebody else does it"), "of the same agency"),
    ),
)


UNPUBLISHED = ("draft", "fact_checked", "youth_approved")
UPDATE = States(
    "update",
    ("draft", "fact_checked", "youth_approved", "published", "held", "replaced", "withdrawn"),
    (
        Move("check_facts", ("draft",), "fact_checked", CHECKERS, N_("The facts are right"), "somebody else wrote it"),
        Move("doubt", ("draft",), "draft", CHECKERS, N_("Something is wrong"), "what is wrong; somebody else wrote it"),
        Move(
            "approve",
            ("fact_checked",),
            "youth_approved",
            frozenset({Role.AMBASSADOR}),
            N_("Approve"),
            "two ambassadors",
        ),
        Move(
            "send_back",
            ("fact_checked",),
            "draft",
            frozenset({Role.AMBASSADOR}),
            N_("Send it back"),
            "one of five reasons",
        ),
        Move("rewrite", ("draft", "fact_checked"), "draft", VOICE, N_("Change the words")),
        Move("publish", ("youth_approved",), "published", VOICE, N_("Publish")),
        Move(
            "publish_unchecked",
            ("fact_checked",),
            "published",
            VOICE,
            N_("Publish, labelled “not yet checked by young people”"),
            "five working days without an answer",
        ),
        Move("revise", ("published",), "published", VOICE, N_("Change the words"), "the old words stay until then"),
        Move("replace", ("published",), "replaced", frozenset({FOLLOWS}), N_("Other words took its place")),
        Move("withdraw", ("published",), "withdrawn", VOICE | LEAD, N_("Take it back")),
        Move("hold", UNPUBLISHED, "held", LEAD, N_("Hold it back, for safety"), "a reason"),
        Move("let_go", ("held",), "draft", LEAD, N_("Let it go on"), "its facts are checked again"),
        Move(
            "override", (*UNPUBLISHED, "held"), "published", LEAD, N_("Publish now, to keep someone safe"), "a reason"
        ),
    ),
)


UPDATE_WORDS = {
    "fact_checked": N_("Waiting for ambassadors"),
    "draft": N_("Being written"),
    "youth_approved": N_("Ready to publish"),
    "held": N_("Held back, for safety"),
    "published": N_("Published"),
    "replaced": N_("Said before"),
    "withdrawn": N_("Taken back"),
}
APPROVALS_NEEDED = 2
SENT_BACK_FOR = {
    "not_clear": N_("It is not clear"),
    "not_true": N_("It is not true"),
    "defensive": N_("It sounds defensive"),
    "too_long": N_("It is too long"),
    "could_hurt": N_("It could hurt someone"),
}
