"""Send somebody their link again: to the contact on our list, never onto a page."""

from sqlalchemy import select

from engage.forums.actions import letters
from engage.forums.actions.adding import adult_contact, same_person
from engage.forums.actions.same_group import same_group
from engage.forums.models import SignUpRow
from engage.forums.rules.signing_up import Group, Professional, YoungPerson
from engage.shared import db


def send_link_again(forum_id: int, new: YoungPerson | Professional) -> None:
    """Write to whoever signed up with this name and contact before; to nobody where there is no such sign-up.

    Where only their adult is reached, the adult gets the adult's link, never the young person's.
    """
    name = new.first_name if isinstance(new, YoungPerson) else new.name
    initial = new.initial if isinstance(new, YoungPerson) else ""
    same = same_person(SignUpRow(name=name, initial=initial, contact=new.contact), adult_contact(new))
    wanted = select(SignUpRow).where(SignUpRow.forum_id == forum_id, SignUpRow.same == same)
    row = db.session.scalar(wanted)
    if row is not None and row.contact:
        letters.tell(row, "again")
    elif row is not None:
        letters.tell_adult(row, "again")


def send_group_link_again(forum_id: int, group: Group) -> None:
    """Write to the leader who booked these people before; to nobody where there is no such group."""
    found = same_group(forum_id, group)
    if found is not None:
        letters.tell_leader(found.id, "again")
