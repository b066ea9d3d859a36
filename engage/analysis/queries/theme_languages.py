"""Themes that gather a language rather than a matter: most of their answers are in another one than most answers."""

from collections import Counter
from collections.abc import Collection

from sqlalchemy import func, select

from engage.analysis.models import CodingRow, ExcerptRow
from engage.analysis.queries.themes import in_place, said_in
from engage.shared import db
from engage.shared.languages import in_english

NAMED = 3


def other_languages(theme_ids: Collection[int], subject: str = "") -> dict[int, str]:
    """The languages, in English words, of each theme whose answers are mostly not in the commonest one.

    Of one wave or source, where `subject` names it; a theme that is not there is mostly in the commonest language.
    """
    where = said_in(subject)
    everything = select(ExcerptRow.language, func.count()).where(ExcerptRow.words.is_not(None))
    sizes = db.session.execute(in_place(everything.group_by(ExcerptRow.language), where)).tuples()
    commonest = max(sizes, key=lambda one: (one[1], one[0]), default=("en", 0))[0]
    held = (
        select(CodingRow.theme_id, ExcerptRow.language, func.count())
        .join(ExcerptRow, ExcerptRow.key == CodingRow.excerpt_key)
        .where(CodingRow.theme_id.in_(theme_ids), ~CodingRow.refused, ExcerptRow.words.is_not(None))
        .group_by(CodingRow.theme_id, ExcerptRow.language)
    )
    each: dict[int, Counter[str]] = {}
    for theme_id, language, count in db.session.execute(in_place(held, where)):
        each.setdefault(theme_id, Counter())[language] = count
    return {
        theme_id: ", ".join(in_english(code) for code, _count in _others(counts, commonest).most_common(NAMED))
        for theme_id, counts in each.items()
        if counts[commonest] < counts.total() / 2
    }


def _others(counts: Counter[str], commonest: str) -> Counter[str]:
    return Counter({code: count for code, count in sorted(counts.items()) if code != commonest})
