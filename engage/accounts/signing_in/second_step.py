"""What the second step takes: codes of an app, once each, and recovery codes, which are kept as hashes."""

from typing import Any

import segno
from flask_security import Totp
from flask_security.recovery_codes import MfRecoveryCodesUtil
from typing_extensions import override

from engage.accounts.actions import audit_line
from engage.shared import crypto, db


class Codes(Totp):
    """Codes that are taken once, and a picture to scan that is black on white in a dark window too."""

    def last_step(self, user: Any) -> int | None:
        """Give the half minute of the last code they used."""
        step: int | None = user.last_step
        return step

    def keep_last_step(self, user: Any, tmatch: Any) -> None:
        """Remember the code they used just now."""
        user.last_step = tmatch.counter

    get_last_counter, set_last_counter = last_step, keep_last_step  # what the library calls them

    @override
    def generate_qrcode(self, username: str, totp: str) -> str:
        picture: str = segno.make(self.get_totp_uri(username, totp)).svg_data_uri(light="#fff", scale=5)
        return picture


class RecoveryCodes(MfRecoveryCodesUtil):
    """Codes that are kept as keyed hashes: shown once, and nobody can read them again."""

    @override
    def create_recovery_codes(self, user: Any) -> list[str]:
        """Give new codes to show, and keep their hashes; whoever makes them has a way in that goes on."""
        codes: list[str] = super().create_recovery_codes(user)
        user.mf_recovery_codes = [_hashed(code) for code in codes]
        db.session.add(audit_line("made new recovery codes", "", person_id=user.id))
        return codes

    @override
    def get_recovery_codes(self, user: Any) -> list[str]:
        """Give nothing: what is hashed cannot be shown."""
        return []

    @override
    def check_recovery_code(self, user: Any, code: str) -> bool:
        """Answer whether this is one of theirs."""
        return _hashed(code) in (user.mf_recovery_codes or [])

    @override
    def delete_recovery_code(self, user: Any, code: str) -> bool:
        """Take away a code that was used."""
        user.mf_recovery_codes.remove(_hashed(code))
        db.session.add(audit_line("used a recovery code", "", person_id=user.id))
        return True


def _hashed(code: str) -> str:
    return crypto.keyed("recovery code", code.encode()).hex()
