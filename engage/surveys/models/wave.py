"""Waves of a survey, and the settings their responses come from."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import db
from engage.shared.crypto import Sealed


class WaveRow(db.Model):
    """One fielding of a version; `code` is the word in its address, `modules` a comma-separated list of modules."""

    __tablename__ = "wave"
    __table_args__ = (
        CheckConstraint("mode IN ('private', 'known')", name="mode"),
        CheckConstraint("opens_on <= closes_on AND closes_on <= promised_on", name="dates"),
        CheckConstraint("minimum >= 8", name="minimum"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    mode: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(20))
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    panel_on: Mapped[date]
    promised_on: Mapped[date]
    audience: Mapped[str] = mapped_column(Text)
    can_change: Mapped[str] = mapped_column(Text)
    cannot_change: Mapped[str] = mapped_column(Text)
    translations: Mapped[str] = mapped_column(Text, default="{}")  # JSON: language -> the four texts above
    modules: Mapped[str] = mapped_column(String(200), default="")
    minimum: Mapped[int] = mapped_column(default=8)
    sensitive: Mapped[bool] = mapped_column(default=False)
    about: Mapped[str] = mapped_column(String(120), default="", server_default="")  # "forum 7": what it follows
    by_card: Mapped[bool] = mapped_column(default=False, server_default=false())  # only a card's code lets in
    closings: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")  # JSON: language -> words
    taken_mark: Mapped[bytes | None] = mapped_column(LargeBinary(32))  # of the answers that left first, protected


class SettingRow(db.Model):
    """Where responses come from: a school, a home, a group; never a person. `code` is the word in its link.

    `contact` is the work address of the adult who is reminded to pass the survey on; forgotten after the wave.
    """

    __tablename__ = "setting"
    __table_args__ = (UniqueConstraint("wave_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), index=True)
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    target: Mapped[int] = mapped_column(default=0)
    contact: Mapped[str | None] = mapped_column(Sealed("contact"))


class CardRow(db.Model):
    """One single-use code that was printed on a card; only its keyed hash is here, and whether it was used.

    `used` is said of twenty at a time, of one place: until then a spent card stands in `spent_card`.
    No day, no number, no order, and nothing that any response has: whoever holds these rows cannot tell who used which.
    """

    __tablename__ = "card"
    __table_args__ = (db.NO_ORDER,)

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), index=True)
    setting_id: Mapped[int | None] = mapped_column(ForeignKey("setting.id"), index=True)
    used: Mapped[bool] = mapped_column(default=False)


class SpentCardRow(db.Model):
    """A card that was used and is not yet one of twenty of its place. No backup holds it.

    Of two backups the later would otherwise show which card, and whose answers, are new.
    """

    __tablename__ = "spent_card"
    __table_args__ = (db.NO_ORDER,)

    key: Mapped[bytes] = mapped_column(ForeignKey("card.key", ondelete="CASCADE"), primary_key=True)
