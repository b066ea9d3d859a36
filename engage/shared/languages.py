"""Choose the language of a page: asked for, remembered, or what the phone prefers. Staff pages are English."""

import os
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path

from babel.core import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, current_app, request, session
from flask_babel import Babel, format_date, get_locale, gettext
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from engage.settings import Settings
from engage.shared.clock import LONDON
from engage.shared.counts import several

NAMES = {
    "en": "English",
    "pl": "Polski",
    "ar": "العربية",
    "ro": "Română",
    "fa": "فارسی",
    "gu": "ગુજરાતી",
    "tr": "Türkçe",
    "es": "Español",
}
FOLDER = next(place for up in (2, 1) if (place := Path(__file__).parents[up] / "translations").exists() or up == 1)


def init_app(app: Flask, settings: Settings) -> None:
    """Attach Babel and what templates need of it."""
    app.extensions["languages"] = settings.languages
    Babel(app, locale_selector=lambda: locale_of(chosen()), default_translation_directories=str(FOLDER))
    app.before_request(_remember)
    app.context_processor(lambda: {"language": language(), "direction": direction(), "languages": offered()})
    app.add_template_filter(day, "day")
    app.add_template_filter(moment, "moment")
    app.add_template_filter(translated, "translated")
    app.add_template_filter(several, "several")


def offered() -> dict[str, str]:
    """Every language a page may be read in, code to its own name."""
    return {code: NAMES[code] for code in current_app.extensions["languages"]}


def chosen() -> str:
    """Give the language of this request."""
    if request.path.startswith(("/desk", "/sign-")):
        return "en"
    codes: tuple[str, ...] = current_app.extensions["languages"]
    asked = _asked() or session.get("language")
    return asked if asked in codes else _preferred(request.headers.get("Accept-Language", ""), codes)


@lru_cache(maxsize=256)  # few phones prefer anything unusual
def _preferred(header: str, codes: tuple[str, ...]) -> str:
    return parse_accept_header(header, LanguageAccept).best_match(codes, "en")


def in_english(code: str) -> str:
    """The English name of a language; its code where it has none ("und")."""
    if code == "fa":
        return "Farsi"  # as people here call it
    try:
        return Locale.parse(code).get_language_name("en") or code
    except (UnknownLocaleError, ValueError):
        return code


def language() -> str:
    """Give the code of the language this page is written in."""
    here = get_locale()
    return here.language if here else "en"  # no language here has regions


@cache
def locale_of(code: str) -> Locale:
    """Give what is known of a language: read once, as nothing of it ever changes."""
    return Locale.parse(code)


def direction() -> str:
    """Give "rtl" where the language of this page is read from the right, else "ltr"."""
    return direction_of(language())


def direction_of(code: str) -> str:
    """Give the direction of a language: "rtl" or "ltr"."""
    return str(locale_of(code).text_direction)


def day(when: date | None, form: str = "d MMMM y") -> str:
    """Write a date the way the reader's language does, in digits every phone shows."""
    return "" if when is None else format_date(when, form)


def moment(when: datetime | None) -> str:
    """Write a day and the time on the clocks in London, in the reader's language."""
    if when is None:
        return ""
    here = when.astimezone(LONDON)
    return str(gettext("%(day)s, %(time)s", day=format_date(here.date(), "EEEE d MMMM"), time=f"{here:%H:%M}"))


def translated(words: object) -> str:
    """Translate words that a rule marked with N_(); unlike _() in a template, what comes out is still escaped."""
    return str(gettext(str(words))) if words else ""


def _remember() -> None:
    asked = _asked()
    if asked and asked in current_app.extensions["languages"] and session.get("language") != asked:
        session["language"] = asked


def _asked() -> str:
    here = request.args
    return here["lang"] if "lang" in here else ""  # noqa: SIM401  (its `get` makes an error page of what is missing)


@lru_cache(maxsize=len(NAMES))
def catalogue(code: str) -> tuple[tuple[str, str], ...]:
    """Every text of the pages, in English and in one language; the forms of a plural stand beside each other."""
    with (FOLDER / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return tuple((_forms(one.id), _forms(one.string)) for one in read_po(file, locale=code) if one.id)


def _forms(text: object) -> str:
    return " / ".join(text) if isinstance(text, tuple | list) else str(text)


def compile_all() -> None:
    """Compile every translation that changed since it was last compiled; two processes may do it at once."""
    for source in FOLDER.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            unfinished = target.with_suffix(f".{os.getpid()}.mo")
            with source.open("rb") as words, unfinished.open("wb") as file:
                write_mo(file, read_po(words, locale=source.parent.parent.name))
            unfinished.replace(target)


def compiled() -> bool:
    """Say whether every translation has been compiled."""
    return all(source.with_suffix(".mo").exists() for source in FOLDER.glob("*/LC_MESSAGES/*.po"))
