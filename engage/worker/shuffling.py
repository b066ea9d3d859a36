"""Lay the rows of young people anew each night, so that neither their place nor their transaction tells an order."""

from sqlalchemy import text

from engage.shared import db

# Each row is written as it is, so that it bears the night's transaction in place of its own.
ANEW = (
    "UPDATE sitting SET wave_id = wave_id",
    "UPDATE card SET wave_id = wave_id",
    "UPDATE response SET wave_id = wave_id",
    "UPDATE answer SET option = option",
    "UPDATE written SET wave_id = wave_id",
)
BY_KEY = (
    "CLUSTER sitting USING pk_sitting",
    "CLUSTER card USING pk_card",
    "CLUSTER response USING pk_response",
    "CLUSTER answer USING pk_answer",
    "CLUSTER written USING pk_written",
)


def shuffle() -> None:
    """Lay rows in the order of their random keys, on PostgreSQL; on SQLite they lie so, and only its log is emptied."""
    if db.engine().dialect.name == "sqlite":
        with db.engine().connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    # Two transactions: what the first one left behind is dropped only after it has ended.
    for statements in (ANEW, BY_KEY):
        with db.engine().begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
