"""What a link may open; the same sign-up has a different link for each."""

from enum import StrEnum

KEY_BYTES = 16
MARK_BYTES = 12  # 96 bits: nobody guesses one


class Opens(StrEnum):
    """What one link opens, and nothing else."""

    MINE = "mine"  # the sign-up itself: see, change, cancel, take an offered place
    GROUP = "group"  # the leader's page of everybody they booked
    GUARDIAN = "guardian"  # the adult's page: yes or no for each purpose
    PASS = "pass"  # the QR pass at the door  # noqa: S105
    INVITATION = "invitation"  # a forum for invited people only
