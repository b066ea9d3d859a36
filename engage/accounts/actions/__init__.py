"""The only writers of people, roles, ways to sign in, and the audit."""

from engage.accounts.actions.auditing import audit_line, forget_audit, note
from engage.accounts.actions.passwords import accept_invitation, first_password, invite
from engage.accounts.actions.people import LEFT, add_agency, add_person, close_account, forget_people, welcome
from engage.accounts.actions.roles import end_role, grant_role
from engage.accounts.actions.ways_in import (
    begin_sign_in,
    end_all,
    end_everywhere,
    end_here,
    end_invitation,
    end_place,
    forget_sign_ins,
)

__all__ = [
    "LEFT",
    "accept_invitation",
    "add_agency",
    "add_person",
    "audit_line",
    "begin_sign_in",
    "close_account",
    "end_all",
    "end_everywhere",
    "end_here",
    "end_invitation",
    "end_place",
    "end_role",
    "first_password",
    "forget_audit",
    "forget_people",
    "forget_sign_ins",
    "grant_role",
    "invite",
    "note",
    "welcome",
]
