"""Roles, and what a person may do; no database."""

from dataclasses import dataclass
from enum import StrEnum

from engage.shared.words import N_


class Role(StrEnum):
    """What somebody does here; see docs/roles.md."""

    VOICE = "voice"
    SAFEGUARDING = "safeguarding"
    PQA = "pqa"
    AGENCY = "agency"
    AMBASSADOR = "ambassador"
    SCRUTINEER = "scrutineer"
    INFORMATION = "information"
    ADMIN = "admin"


ROLE_NAMES = {
    Role.VOICE: N_("Voice-of-the-child team"),
    Role.SAFEGUARDING: N_("Safeguarding lead"),
    Role.PQA: N_("Performance and Quality Assurance"),
    Role.AGENCY: N_("Partner agency"),
    Role.AMBASSADOR: N_("Youth ambassador"),
    Role.SCRUTINEER: N_("Independent scrutineer"),
    Role.INFORMATION: N_("Information officer"),
    Role.ADMIN: N_("Administrator"),
}


@dataclass(frozen=True)
class Person:
    """Somebody who works here, with the roles they hold today; `agency_id` is None outside any agency."""

    id: int
    name: str
    email: str
    roles: frozenset[Role]
    agency_id: int | None = None
    agency: str = ""

    @property
    def role_names(self) -> list[str]:
        """Their roles in words, in the order of the table."""
        return [ROLE_NAMES[role] for role in Role if role in self.roles]
