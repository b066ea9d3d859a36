"""A calendar file that says when and where, and nothing else."""

import hashlib
from datetime import UTC, datetime

from icalendar import Calendar, Event

from engage.forums.rules.forums import Forum


def calendar(forum: Forum, *, title: str, at: datetime) -> bytes:
    """Give the file for one forum under a neutral `title`; it names neither the theme nor the person."""
    event = Event()
    event.add("uid", hashlib.sha256(forum.key).hexdigest()[:24])
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", forum.starts_at)
    event.add("dtend", forum.ends_at)
    event.add("summary", title)
    event.add("location", ", ".join(part for part in (forum.plan.venue, forum.plan.address) if part))
    event.add("class", "PRIVATE")
    file = Calendar()
    file.add("prodid", "-//Engage//EN")
    file.add("version", "2.0")
    file.add_component(event)
    return bytes(file.to_ical())
