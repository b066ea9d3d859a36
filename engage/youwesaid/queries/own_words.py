"""What public pages say in the reader's language: the translations that are there, and where they lag behind."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import select

from engage.shared import db
from engage.youwesaid.models import TranslationRow, UpdateRow
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
    first: dict[int, int] = field(default_factory=dict)  # an update that was changed, and what it was at first
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

    def told(self, update_id: int, text: str, english: str) -> Words:
        """A text of one update; what was published again with other words stands in the place of the first."""
        return self.of(place_of(update_id, text, self.first), english)


def own_words(concern_ids: Collection[int], language: str) -> dict[int, OwnWords]:
    """The translations of these concerns' texts; English needs none, and asks for none."""
    if language == ENGLISH:
        return {concern_id: OwnWords(language, {}) for concern_id in concern_ids}
    first = first_versions(concern_ids)
    found = {concern_id: OwnWords(language, {}, first) for concern_id in concern_ids}
    asked = select(TranslationRow).where(
        TranslationRow.language == language, TranslationRow.concern_id.in_(list(concern_ids))
    )
    for row in db.session.scalars(asked.order_by(TranslationRow.concern_id, TranslationRow.place)):
        found[row.concern_id].kept[row.place] = (row.words, row.of)
    return found


def first_versions(concern_ids: Collection[int]) -> dict[int, int]:
    """What each changed update of these concerns was at first."""
    rows = select(UpdateRow.id, UpdateRow.replaces_id).where(UpdateRow.concern_id.in_(list(concern_ids)))
    first: dict[int, int] = {}
    for update_id, replaces in db.session.execute(
        rows.where(UpdateRow.replaces_id.is_not(None)).order_by(UpdateRow.id)
    ).tuples():
        if replaces is not None:
            first[update_id] = first.get(replaces, replaces)
    return first


def place_of(update_id: int, text: str, first: dict[int, int]) -> str:
    """The place of one text of an update among a concern's translations."""
    return f"told:{first.get(update_id, update_id)}:{text}"
