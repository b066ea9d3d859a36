"""Change the schools, homes and groups of a wave, take them away, and forget whom to remind there."""

from datetime import date

from sqlalchemy import delete, select, update

from engage.accounts.actions import note
from engage.shared import db
from engage.shared.errors import NotFound
from engage.surveys.models import CardRow, SettingRow, WaveRow
from engage.surveys.queries.waves import NO_SUCH, wave_by_id
from engage.surveys.rules.waves import NewSetting, check_may_change


def change_setting(setting_id: int, new: NewSetting) -> None:
    """Change what a setting is called, how many it hopes for, and whom to remind; its link stays. Raises `NotFound`."""
    row = _row(setting_id)
    row.name, row.target, row.contact = new.name, new.target, new.contact or None
    db.session.flush()
    note("changed setting", row.code)


def remove_setting(setting_id: int) -> None:
    """Take a setting and its cards away before its wave opens. Raises `NotFound`, `NotOpen`.

    Later it stays, answered or not: a refusal would tell whether anybody has answered from there.
    """
    row = _row(setting_id)
    check_may_change(wave_by_id(row.wave_id))
    db.session.execute(delete(CardRow).where(CardRow.setting_id == setting_id))
    db.session.delete(row)
    db.session.flush()
    note("removed setting", row.code)


def forget_contacts(today: date) -> int:
    """Forget whom to remind at the settings of waves whose last day has passed; gives how many."""
    over = select(WaveRow.id).where(WaveRow.closes_on < today)
    gone = update(SettingRow).where(SettingRow.contact.is_not(None), SettingRow.wave_id.in_(over)).values(contact=None)
    return db.session.execute(gone.execution_options(synchronize_session=False)).rowcount  # type: ignore[attr-defined,no-any-return]


def _row(setting_id: int) -> SettingRow:
    row = db.locked(SettingRow, setting_id)
    if row is None:
        raise NotFound(NO_SUCH)
    return row
