"""Who coded an answer, and what they said: to show it, and to tell whoever saves from an older page."""

from dataclasses import dataclass

from sqlalchemy import and_, exists, select

from engage.accounts.models import PersonRow
from engage.analysis.models import CodedRow, CodedThemeRow, CodingRow, ThemeRow
from engage.shared import db


@dataclass(frozen=True)
class Coder:
    """Somebody who coded an answer first, with the names of the themes they gave it."""

    person_id: int
    name: str
    themes: tuple[str, ...]

    @property
    def said(self) -> str:
        return ", ".join(self.themes) or "none of these"


def coders(excerpt_id: str) -> list[Coder]:
    """Everybody who coded an answer with the frame beside it; second readers, who code blind, are not among them."""
    mine = and_(CodedThemeRow.excerpt_key == CodedRow.excerpt_key, CodedThemeRow.person_id == CodedRow.person_id)
    asked = (
        select(PersonRow.id, PersonRow.name, ThemeRow.name)
        .join(CodedRow, CodedRow.person_id == PersonRow.id)
        .outerjoin(CodedThemeRow, mine)
        .outerjoin(ThemeRow, ThemeRow.id == CodedThemeRow.theme_id)
        .where(CodedRow.excerpt_key == bytes.fromhex(excerpt_id), ~CodedRow.second)
        .order_by(PersonRow.id, ThemeRow.name)
    )
    found: dict[tuple[int, str], list[str]] = {}
    for person_id, name, theme in db.session.execute(asked):
        found.setdefault((person_id, name), []).extend([theme] if theme else [])
    return [Coder(person_id, name, tuple(themes)) for (person_id, name), themes in found.items()]


def knows(key: bytes, person_id: int) -> bool:
    """Answer whether somebody said what an answer holds already, so that they cannot read it blind."""
    coded = exists().where(CodedRow.excerpt_key == key, CodedRow.person_id == person_id, ~CodedRow.second)
    confirmed = exists().where(CodingRow.excerpt_key == key, CodingRow.confirmed_by == person_id)
    return bool(db.session.scalar(select(coded | confirmed)))
