"""Remind the adults who pass a survey on. There is no way to remind a young person: nobody knows who they are."""

from datetime import date

from engage.accounts.actions import note
from engage.shared import outbox
from engage.shared.errors import NotOpen
from engage.shared.outbox import NewLetter
from engage.surveys.queries.waves import Setting
from engage.surveys.rules.waves import Wave

KIND = "a survey to pass on"
SUBJECT = "A survey is open for young people near you"
BODY = """Hello,

young people at {name} can answer a survey until {day}. Would you pass on its link, or put up its poster?

{link}

{alike}

If you are not the right person, answer the team that asked you, and they take your address away.
"""
ALIKE = {  # by whether answers can be known, as page one tells young people
    "private": "Nobody knows who has answered, we included, so please remind everybody alike and press nobody.",
    "known": "Answering is up to each young person, so please remind everybody alike and press nobody.",
}


def remind(wave: Wave, setting: Setting, *, today: date) -> None:
    """Write to whoever passes this wave on at this setting, once a day at most. Raises `NotOpen`."""
    if not wave.takes_answers(today):
        raise NotOpen("It takes no answers today, so nobody is asked to pass it on")  # to staff, in English
    if not setting.contact:
        raise NotOpen("Nobody is named here who could be reminded")
    link = outbox.link("/join/" if wave.by_card else f"/s/{wave.code}/at/{setting.code}")
    body = BODY.format(name=setting.name, day=f"{wave.closes_on:%-d %B %Y}", link=link, alike=ALIKE[wave.mode])
    letter = NewLetter(KIND, setting.contact, SUBJECT, body)
    outbox.write(letter, once=f"pass on:{wave.code}:{setting.code}:{today}")
    note("reminded", f"{setting.code} of {wave.code}")
