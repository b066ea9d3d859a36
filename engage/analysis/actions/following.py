"""What goes along when answers move from one theme to another: what people said when they coded, and examples."""

from collections.abc import Collection

from sqlalchemy import delete, select, update

from engage.analysis.models import CodedThemeRow, ThemeExampleRow, ThemeVoiceRow
from engage.shared import db


def follow(old: int, new: int, keys: Collection[bytes]) -> None:
    """Move what belongs to these answers; what stands for the old theme is chosen anew by the worker."""
    db.session.flush()
    mine = select(CodedThemeRow).where(CodedThemeRow.theme_id == old, CodedThemeRow.excerpt_key.in_(keys))
    _move_said(new, list(db.session.scalars(mine)))
    belong = update(ThemeExampleRow).where(ThemeExampleRow.theme_id == old, ThemeExampleRow.belongs)
    db.session.execute(belong.where(ThemeExampleRow.excerpt_key.in_(keys)).values(theme_id=new))
    gone = delete(ThemeVoiceRow).where(ThemeVoiceRow.theme_id == old, ThemeVoiceRow.excerpt_key.in_(keys))
    db.session.execute(gone)


def follow_all(old: int, new: int) -> None:
    """Move all of it, because the old theme is merged into the new one."""
    db.session.flush()
    _move_said(new, list(db.session.scalars(select(CodedThemeRow).where(CodedThemeRow.theme_id == old))))
    db.session.execute(update(ThemeExampleRow).where(ThemeExampleRow.theme_id == old).values(theme_id=new))
    db.session.execute(delete(ThemeVoiceRow).where(ThemeVoiceRow.theme_id.in_((old, new))))


def _move_said(new: int, rows: list[CodedThemeRow]) -> None:
    there = select(CodedThemeRow.excerpt_key, CodedThemeRow.person_id).where(CodedThemeRow.theme_id == new)
    had = {(key, person) for key, person in db.session.execute(there)}
    for row in rows:
        if (row.excerpt_key, row.person_id) not in had:
            db.session.add(CodedThemeRow(excerpt_key=row.excerpt_key, person_id=row.person_id, theme_id=new))
        db.session.delete(row)
    db.session.flush()
