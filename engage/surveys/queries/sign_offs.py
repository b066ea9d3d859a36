"""Which languages a speaker has checked, of the pages and of each survey."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from engage.accounts.queries import people
from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.languages import catalogue, offered
from engage.surveys.models import SignOffRow
from engage.surveys.queries.drafts import LEFT
from engage.surveys.queries.versions import definition_of_version
from engage.surveys.queries.waves import surveys
from engage.surveys.rules.definition import Definition, to_document
from engage.surveys.rules.sign_offs import PAGES, Said, SignedOff, Standing, said_in, standing

NOTHING_SAID = "Nothing is said in this language there"


@dataclass(frozen=True)
class Worded:
    """Something with words: the pages themselves, or the newest version of a survey. `languages` beside English."""

    about: str
    title: str
    languages: tuple[str, ...]
    definition: Definition | None = None

    def said(self, language: str) -> list[Said]:
        """Every text in one language."""
        if self.definition is None:
            return [Said(english, english, words) for english, words in catalogue(language)]
        return said_in(to_document(self.definition), language)


def worded() -> list[Worded]:
    """Everything that has words in more than English: the pages first, then each survey in use."""
    others = tuple(code for code in offered() if code != "en")
    found = [Worded(PAGES, "Interface", others)]
    for survey in surveys():
        if survey.version_id is not None:
            asks = definition_of_version(survey.version_id)
            spoken = tuple(code for code in asks.languages if code != "en")
            found.append(Worded(survey.code, survey.title, spoken, asks))
    return found


def worded_as(about: str, language: str) -> Worded:
    """One of them, in a language it has. Raises `NotFound`."""
    found = next((one for one in worded() if one.about == about and language in one.languages), None)
    if found is None:
        raise NotFound(NOTHING_SAID)
    return found


def signed_off(about: str = "") -> dict[tuple[str, str], SignedOff]:
    """Every sign-off (of one thing, if it is named), by what it is about and its language."""
    names = {person.id: person.name for person in people()}
    asked = select(SignOffRow).order_by(SignOffRow.id)
    rows = db.session.scalars(asked.where(SignOffRow.about == about) if about else asked)
    return {
        (row.about, row.language): SignedOff(
            names.get(row.signed_by, LEFT), row.signed_on, row.note, json.loads(row.marks)
        )
        for row in rows
    }


def standing_of(one: Worded, language: str) -> Standing:
    """How one language of it stands."""
    return standing(one.said(language), signed_off(one.about).get((one.about, language)))


def not_checked(definition: Definition) -> Sequence[str]:
    """The languages of a survey, beside English, whose words are not checked as they stand in it."""
    signed = signed_off(definition.code)
    document = to_document(definition)
    return [
        language
        for language in definition.languages
        if language != "en"
        and standing(said_in(document, language), signed.get((definition.code, language))).name != "checked"
    ]


def pages_checked(language: str) -> bool:
    """Whether a speaker has checked the words of the pages, as they are."""
    found = standing(Worded(PAGES, "", (language,)).said(language), signed_off(PAGES).get((PAGES, language)))
    return found.name == "checked"
