"""What the voice team prepares beside the waves: the next one, cards, whom to remind, words for those too late."""

from datetime import date, timedelta
from secrets import token_urlsafe
from typing import Any

from engage.demo.answers import Fielded
from engage.surveys.actions.cards import make_cards, use_card
from engage.surveys.actions.preparing import say_closing
from engage.surveys.actions.settings import change_setting
from engage.surveys.actions.waves import add_setting, add_wave
from engage.surveys.queries.cards import codes_of
from engage.surveys.queries.waves import settings
from engage.surveys.rules.cards import SHEET
from engage.surveys.rules.waves import NewSetting, NewWave, Wave

USED = 11  # of the cards of the first open wave
TOO_LATE = {
    "en": "Thank you to everybody who answered. You can still tell us at a forum.",
    "pl": "Dziękujemy wszystkim, którzy odpowiedzieli. Nadal możesz nam powiedzieć na forum.",
    "ar": "شكرًا لكل من أجاب. لا يزال بإمكانك أن تخبرنا في منتدى.",
}


def prepare(fielded: list[Fielded], *, today: date) -> None:
    """Make cards for the first wave that is open, name whom to remind there, and prepare another wave."""
    open_now = [one.wave for one in fielded if one.wave.takes_answers(today)]
    for wave in open_now:
        _name_contacts(wave)
        say_closing(wave.id, TOO_LATE)
    codes = list(codes_of(token_urlsafe(24), SHEET))
    make_cards(open_now[0].id, codes, setting_id=settings(open_now[0].id)[0].id)
    for code in codes[:USED]:
        use_card(code, today=today)
    _prepare_next(open_now[0], today)


def _name_contacts(wave: Wave) -> None:
    for one in settings(wave.id):
        # "example.org" belongs to nobody who reads letters.
        change_setting(one.id, NewSetting(one.name, one.target, f"office.{one.code}@example.org"))


def _prepare_next(like: Wave, today: date) -> None:
    facts: dict[str, Any] = {
        "opens_on": today + timedelta(days=40),
        "closes_on": today + timedelta(days=60),
        "panel_on": today + timedelta(days=70),
        "promised_on": today + timedelta(days=100),
    }
    facts |= {name: getattr(like, name) for name in ("audience", "can_change", "cannot_change")}
    polish = {"pl": dict(dict(like.translations)["pl"])}
    title = "Youth survey at two schools, by card"
    new = NewWave(code="youth-cards", title=title, by_card=True, translations=polish, **facts)
    wave_id = add_wave(like.version_id, new)
    for one in settings(like.id)[:2]:
        add_setting(wave_id, name=one.name, target=one.target)
