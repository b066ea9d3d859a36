"""Tables: results as a file that takes long to make, kept so that nobody waits for it twice."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db


class ResultFileRow(db.Model):
    """The results of a wave as a tagged PDF; `made_of` is the fingerprint of all frozen results that stand in it."""

    __tablename__ = "result_file"

    wave_code: Mapped[str] = mapped_column(String(60), primary_key=True)
    made_of: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
