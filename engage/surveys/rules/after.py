"""The texts of the four questions after a forum: the same each time, so that nothing is left to write that evening."""

from datetime import date, timedelta

from engage.shared.words import N_
from engage.surveys.rules.waves import NewWave

TEMPLATE = "forum"
# The title is the survey's own. Shown in every language that the survey is offered in.
TEXTS = {
    "audience": N_("The team that prepares the next forum."),
    "can_change": N_("How the next forum is run: the room, the time, the food, and how people are listened to."),
    "cannot_change": N_("What was said and decided at this forum. That is answered on the forum's own page."),
}


def wave_after(about: str, code: str, *, meets_on: date, closes_on: date, promised_on: date) -> NewWave:
    """Give the wave of the four questions, in English: it opens on the day itself."""
    last = max(closes_on, meets_on + timedelta(days=1))
    promised = max(promised_on, last)
    return NewWave(
        code=code, title="", opens_on=meets_on, closes_on=last, panel_on=promised, promised_on=promised, about=about,
        **TEXTS,
    )  # fmt: skip
