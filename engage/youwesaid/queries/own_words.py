"""What public pages say in the reader's language: the translations that are there, and where they lag behind."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from engage.shared import db
from engage.youwesaid.models import TranslationRow
from engage.youwesaid.rules.translating import lags

ENGLISH = "en"


@dataclass(frozen=True)
class Words:
    """A text of a public page, and the language it is in."""

    text: str
    language: str = ENGLISH


@dataclass
class OwnWords:
    """The translations of one concern's texts; `lagging` once one that was asked for had fallen behind the English."""

    language: str
    kept: dict[str, tuple[str, str]]
    lagging: bool = False

    def of(self, place: str, english: str) -> Words:
        """The words of one place in the reader's language, or the English where there are none of today's."""
        words, of = self.kept.get(place, ("", ""))
        if not words or not english:
            return Words(english)
        if lags(of, english):
            self.lagging = True
            return Words(english)
        return Words(words, self.language)


def own_words(concern_ids: Collection[int], language: str) -> dict[int, OwnWords]:
    """The translations of these concerns' texts; English needs none, and asks for none."""
    found = {concern_id: OwnWords(language, {}) for concern_id in concern_ids}
    if language == ENGLISH:
        return found
    asked = select(TranslationRow).where(
        TranslationRow.language == language, TranslationRow.concern_id.in_(list(concern_ids))
    )
    for row in db.session.scalars(asked.order_by(TranslationRow.concern_id, TranslationRow.place)):
        found[row.concern_id].kept[row.place] = (row.words, row.of)
    return found
