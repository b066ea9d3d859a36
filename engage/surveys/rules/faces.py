"""Every text of a survey with its place, side by side in its languages, and the gaps in them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from engage.surveys.rules.drafting import Document
from engage.surveys.rules.words import PIPE

WHOLE = "survey"  # the part that holds what belongs to no section: title and bands
NAMES = {
    "title": "Title", "words": "What it asks or says", "text": "More words", "why": "Why we ask", "low": "What 0 means",
    "high": "What 10 means", "easy": "In easy read", "alt": "What the picture shows",
}  # fmt: skip


@dataclass(frozen=True)
class Text:
    """One text: the part it stands in, its place inside, what it is, and how it reads in each language."""

    part: str
    place: str
    name: str
    texts: Mapping[str, str]

    @property
    def key(self) -> str:
        """Where it stands in the whole survey."""
        return f"{self.part}.{self.place}"

    @property
    def english(self) -> str:
        """The words that the others are translated from."""
        return self.texts["en"]


def texts_of(document: Document) -> list[Text]:
    """Every text in the order of the document."""
    found = [_text(WHOLE, place, texts) for place, texts in _walk(_without_sections(document), ())]
    for section in document["sections"]:
        found += [_text(section["code"], place, texts) for place, texts in _walk(section, ())]
    return found


def _without_sections(document: Document) -> Document:
    return {key: value for key, value in document.items() if key != "sections"}


def _walk(part: object, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Document]]:
    if isinstance(part, dict) and "en" in part and all(isinstance(text, str) for text in part.values()):
        yield place, part
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from _walk(value, (*place, str(key)))
    elif isinstance(part, list):
        for at, value in enumerate(part):
            code = value.get("code", str(at)) if isinstance(value, dict) else str(at)
            yield from _walk(value, (*place, code))


def _text(part: str, place: tuple[str, ...], texts: Mapping[str, str]) -> Text:
    return Text(part, ".".join(place), _name(place), texts)


def _name(place: tuple[str, ...]) -> str:
    if "options" in place:
        option = "Option" if place[-1] == "words" else f"{NAMES.get(place[-1], place[-1])}, option"
        return f"{option} {place[place.index('options') + 1]}"
    return "Age band" if "bands" in place else NAMES.get(place[-1], place[-1])


def lost(text: Text, language: str) -> list[str]:
    """The placeholders of the English words that a translation lost."""
    there = text.texts.get(language, "")
    kept = {code for code, _ in PIPE.findall(there)}
    return [
        code for code in dict.fromkeys(code for code, _ in PIPE.findall(text.english)) if there and code not in kept
    ]


def gaps(document: Document, language: str) -> dict[str, int]:
    """How many texts of each part lack this language; a text that lost a placeholder counts as missing."""
    found = dict.fromkeys([WHOLE, *(section["code"] for section in document["sections"])], 0)
    for text in texts_of(document):
        found[text.part] += not text.texts.get(language, "").strip() or bool(lost(text, language))
    return found


def behind(before: Document, after: Document, known: Mapping[str, Collection[str]]) -> dict[str, list[str]]:
    """The places, by language, whose English changed since they were translated; `known` are those before this change.

    Whoever changes a translation too has seen the English.
    """
    found: dict[str, list[str]] = {}
    was = {text.key: text.texts for text in texts_of(before)}
    for text in texts_of(after):
        old = was.get(text.key, {})
        for language in text.texts.keys() - {"en"}:
            same = text.texts[language] and text.texts[language] == old.get(language)
            if same and (text.english != old["en"] or text.key in known.get(language, ())):
                found.setdefault(language, []).append(text.key)
    return found


def translate(document: Document, part: str, language: str, typed: Mapping[str, str]) -> None:
    """Put what was typed into its places; an emptied box takes that translation out."""
    for text in texts_of(document):
        if text.part != part or text.place not in typed or not isinstance(text.texts, dict):
            continue
        if typed[text.place]:
            text.texts[language] = typed[text.place]
        else:
            text.texts.pop(language, None)
