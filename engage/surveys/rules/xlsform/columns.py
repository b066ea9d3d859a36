"""What an XLSForm calls our kinds, languages and columns."""

import re
from collections.abc import Mapping, Sequence

from engage.surveys.rules.items import Kind

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
SHEETS = (SURVEY, CHOICES, SETTINGS)
OURS = "engage"  # the column that keeps what only Engage knows, as JSON; other tools pass over it
FACE = "engage_face"
LANGUAGES = {
    "en": "English", "pl": "Polish", "ro": "Romanian", "fa": "Farsi", "ar": "Arabic", "gu": "Gujarati", "tr": "Turkish",
    "es": "Spanish", "fr": "French", "pt": "Portuguese", "de": "German", "it": "Italian", "uk": "Ukrainian",
    "ur": "Urdu", "bn": "Bengali", "so": "Somali", "ta": "Tamil", "sq": "Albanian", "zh": "Chinese", "hi": "Hindi",
}  # fmt: skip
CODES = {name.lower(): code for code, name in LANGUAGES.items()}
TEXTS = {"label": "words", "hint": "text", "guidance_hint": "why"}  # an XLSForm's column to ours
TYPES: Mapping[str, str] = {
    "multiple": "select_multiple",
    "ranking": "rank",
    "open": "text",
    "short": "text",
    "amount": "integer",
    "age": "integer",
    "number": "range",
    "information": "note",
}
USUAL = {
    "select_one": "single",
    "select_multiple": "multiple",
    "text": "open",
    "range": "number",
    "note": "information",
}
NUMBERS = "start=0 end=10 step=1"
LANGUAGE = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?)\)\s*$")


def column(name: str, language: str) -> str:
    """The heading of a text in one language, such as `label::Polish (pl)`."""
    return f"{name}::{LANGUAGES.get(language, language)} ({language})"


def text_column(heading: str, default: str) -> tuple[str, str] | None:
    """Which text a column holds, and in which language; None for a column that holds no text."""
    name, _, said = heading.partition("::")
    name = name.strip().lower()
    if name not in TEXTS:
        return None
    return TEXTS[name], language_of(said, default)


def language_of(said: str, default: str) -> str:
    """The code of a language as an XLSForm names it: `Polish (pl)`, `Polish` or `pl`."""
    if found := LANGUAGE.search(said):
        return found[1]
    bare = said.strip().lower()
    return CODES.get(bare, bare) if bare else default


def type_of(kind: str, *, has_options: bool) -> str:
    """What an XLSForm calls a kind; a kind it does not know goes by whether it has options."""
    return TYPES.get(kind, "select_one" if has_options else "text")


def usual_kind(type_: str) -> str:
    """The kind that a type stands for where nothing else is said; empty for a type that has no place here."""
    return USUAL.get(type_, "ranking" if type_ == "rank" and "ranking" in _kinds() else "")


def _kinds() -> Sequence[str]:
    return [kind.value for kind in Kind]


def code_of(name: str) -> str:
    """Make a code of a name: small letters, digits and _, a letter first."""
    plain = re.sub(r"[^a-z0-9_]+", "_", name.strip().lower())[:58]
    return plain if plain[:1].isalpha() else f"q{plain}" if plain else ""
