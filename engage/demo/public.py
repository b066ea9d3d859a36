"""Fill in what public pages show besides the story: where concerns are, and translations of them."""

from datetime import date

from sqlalchemy import select

from engage.demo.material import material
from engage.demo.people import Cast
from engage.shared import db
from engage.surveys.actions.sign_offs import sign_off
from engage.surveys.queries.sign_offs import worded_as
from engage.surveys.rules.sign_offs import PAGES, NewSignOff, seal_of
from engage.youwesaid.actions import area, translating
from engage.youwesaid.models import ConcernRow
from engage.youwesaid.queries.translating import texts
from engage.youwesaid.rules.translating import Typed

LANGUAGES = ("pl", "ar")
READ_BY = "Invented: Ola, youth worker, speaks it at home. All of it, on a phone."


def show(cast: Cast, *, today: date) -> None:
    """Say where the concerns of the story are, and translate those whose words are in the material."""
    said = material("public")
    own = select(ConcernRow.id, ConcernRow.slug).where(ConcernRow.merged_into_id.is_(None))
    ids = {slug: concern_id for concern_id, slug in db.session.execute(own).tuples()}
    for slug, areas in said["areas"].items():
        area.place(ids[slug], areas)
    for concern_id in ids.values():
        for language in LANGUAGES:
            _translate(concern_id, language, cast, today)
    for language in said["signed_off"]:
        for about in (PAGES, "youth"):
            new = NewSignOff(READ_BY, seal_of(worded_as(about, language).said(language)))
            sign_off(about, language, new, by=cast.people["helen"], today=today)


def _translate(concern_id: int, language: str, cast: Cast, today: date) -> None:
    """Joel translates, and Helen, who speaks the language, signs off where the material says so."""
    said = material("public")
    words = {
        text.place: said["translations"].get(text.english, {}).get(language, "") for text in texts(concern_id, language)
    }
    translating.translate(concern_id, language, Typed(words), by=cast.people["joel"], today=today)
    if language in said["signed_off"]:
        translating.sign_off(concern_id, language, by=cast.people["helen"], today=today)
