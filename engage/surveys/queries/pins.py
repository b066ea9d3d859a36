"""The number that is spoken to a whole group: made from its setting and a key outside the database, stored nowhere."""

from sqlalchemy import select

from engage.shared import crypto, db
from engage.surveys.models import SettingRow, WaveRow
from engage.surveys.queries.waves import Setting, setting
from engage.surveys.rules.cards import pin_from

GOING_ON = ("draft", "open", "paused")


def pin_of(wave_id: int, code: str) -> str:
    """Give the spoken number of the setting with this code."""
    return pin_from(crypto.keyed("setting pin", f"{wave_id}:{code}".encode()))


def pins_in_use() -> dict[str, list[tuple[int, str]]]:
    """Every spoken number of a wave that is not over, with the settings it stands for."""
    asked = select(SettingRow.wave_id, SettingRow.code).join(WaveRow, WaveRow.id == SettingRow.wave_id)
    found: dict[str, list[tuple[int, str]]] = {}
    for wave_id, code in db.session.execute(asked.where(WaveRow.state.in_(GOING_ON)).order_by(SettingRow.id)):
        found.setdefault(pin_of(wave_id, code), []).append((wave_id, code))
    return found


def setting_of_pin(pin: str) -> Setting | None:
    """Give the setting that a spoken number stands for; nothing where it stands for none, or for two."""
    match pins_in_use().get(pin, []):
        case [(wave_id, code)]:
            return setting(wave_id, code)
        case _:
            return None
