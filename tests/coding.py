"""Make coded answers for a test; every word is invented."""

from engage.accounts.rules import Person
from engage.analysis.actions import coding, themes
from engage.analysis.models import CodingRow
from engage.analysis.rules import Naming
from engage.shared import db
from engage.shared.clock import today
from engage.surveys.rules.waves import Wave
from tests.answers import BUS, PARK, make_excerpts


def make_theme(name: str, by: Person, definition: str = "", *, sensitive: bool = False) -> int:
    theme_id = themes.add(Naming(name, definition, sensitive=sensitive), by=by, today=today())
    db.session.commit()
    return theme_id


def make_frame(by: Person) -> tuple[int, int]:
    return make_theme("Late buses", by), make_theme("Dark parks", by)


def code(excerpt_id: str, *theme_ids: int, by: Person, again: bool = False) -> None:
    keep = coding.code_again if again else coding.code
    keep(excerpt_id, theme_ids, by=by, today=today())
    db.session.commit()


def make_coded(wave: Wave, by: Person, *, first: int = 8) -> tuple[dict[str, str], int, int]:
    """Answers about buses and parks, the first of each coded; gives their ids by words, and the two themes."""
    found = make_excerpts(wave, *BUS, *PARK)
    bus, park = make_frame(by)
    for words in BUS[:first]:
        code(found[words], bus, by=by)
    for words in PARK[:first]:
        code(found[words], park, by=by)
    return found, bus, park


def codings(excerpt_id: str) -> dict[int, CodingRow]:
    db.session.expire_all()
    rows = db.session.query(CodingRow).filter_by(excerpt_key=bytes.fromhex(excerpt_id))
    return {row.theme_id: row for row in rows}


def held(excerpt_id: str) -> set[int]:
    """The themes that people said an answer holds."""
    return {one for one, row in codings(excerpt_id).items() if row.confirmed_by is not None and not row.refused}
