"""A stolen backup and a stolen database tell nothing of any sealed column, whichever table it is in."""

import pytest

from engage.safe import container, saving
from engage.shared import db
from engage.shared.crypto import Sealed, SealedFile
from tests.planting import plant, sealed_columns


def phrase_of(column):
    return f"planted words of {column.table.name} {column.name}"


def stolen(settings, folder):
    """What a thief has: the backup, what is in it, and the files of the database where it has files here."""
    file, _ = saving.save(settings, folder / "kept")
    inside = b"".join(saving._inflated(container.read(file, secret=settings.receipt_key), file.name))
    return [file.read_bytes(), inside, *(one.read_bytes() for one in folder.glob("engage.db*"))]


def told(contents):
    """The sealed columns whose words can be read, as they are or as a dump of PostgreSQL writes bytes."""
    found = []
    for column in sealed_columns():
        words = phrase_of(column).encode()
        if any(form in content for content in contents for form in (words, words.hex().encode())):
            found.append(str(column))
    return found


def test_no_sealed_column_of_any_table_can_be_read_in_a_backup_or_the_database(installed, tmp_path):
    plant(phrase_of, checked_later=False)  # a backup lays the rows anew
    assert told(stolen(installed, tmp_path)) == []


def test_control_words_that_nobody_sealed_are_read_in_every_column(installed, tmp_path, monkeypatch):
    monkeypatch.setattr(Sealed, "process_bind_param", lambda _self, words, _dialect: words.encode())
    monkeypatch.setattr(SealedFile, "process_bind_param", lambda _self, content, _dialect: content)
    plant(phrase_of, checked_later=False)  # a backup lays the rows anew
    assert told(stolen(installed, tmp_path)) == [str(column) for column in sealed_columns()]
    assert len(sealed_columns()) > 40


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_what_is_planted_is_what_the_columns_give_back(installed):
    plant(phrase_of)
    with db.reading():
        for column in sealed_columns():
            kept = db.session.execute(column.table.select().with_only_columns(column)).scalar_one()
            assert kept in (phrase_of(column), phrase_of(column).encode()), column
