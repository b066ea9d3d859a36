"""Ask for files that take long to make, and keep them."""

import hashlib

from engage.pqa.models import ResultFileRow
from engage.pqa.queries.files import KIND, missing_files
from engage.shared import db, wanted
from engage.shared.clock import bare, now


def want_file(wave_code: str) -> None:
    """Want the results of a wave as a tagged PDF; asking again after it did not work tries again."""
    wanted.want(KIND, f"wave:{wave_code}")


def want_missing_files() -> None:
    """Ask for the PDF of all results that have none of today's figures; what failed waits for a person."""
    asked = {one.subject for one in wanted.waiting() if one.kind == KIND}
    for code in missing_files():
        if f"wave:{code}" not in asked:
            want_file(code)


def keep_file(wave_code: str, content: bytes, *, made_of: str) -> None:
    """Keep the results of a wave as a file, in place of one made of older figures."""
    row = db.locked(ResultFileRow, wave_code) or ResultFileRow(wave_code=wave_code)
    row.made_of, row.made_at, row.content = made_of, bare(now()), content
    row.sha256 = hashlib.sha256(content).hexdigest()
    db.session.add(row)
