"""Compressed copies of styles and scripts are made whole, however many processes make them at once."""

import errno
import gzip
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engage.shared import assets

WORDS = "body { color: black }\n" * 200


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = tmp_path / "static"
    found.mkdir()
    (found / "some.css").write_text(WORDS)
    (found / "gone.css.gz").write_bytes(b"of a file that is no more")
    monkeypatch.setattr(assets, "FOLDER", found)
    return found


def test_each_file_has_its_copies_and_old_copies_go(folder: Path) -> None:
    assets.compress_all()
    assert sorted(one.name for one in folder.iterdir()) == ["some.css", "some.css.br", "some.css.gz"]
    assert gzip.decompress((folder / "some.css.gz").read_bytes()).decode() == WORDS


def test_several_at_once_disturb_nobody(folder: Path) -> None:
    with ThreadPoolExecutor(4) as several:
        list(several.map(lambda _: assets.compress_all(), range(12)))
    assert gzip.decompress((folder / "some.css.gz").read_bytes()).decode() == WORDS
    assert [one.name for one in folder.parent.iterdir()] == ["static"]


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES])
def test_where_the_code_may_not_be_written_what_is_there_is_sent(folder: Path, monkeypatch, number: int) -> None:
    monkeypatch.setattr(assets, "TemporaryDirectory", refusing(number))
    assets.compress_all()
    assert sorted(one.name for one in folder.iterdir()) == ["gone.css.gz", "some.css"]


def test_a_full_disk_is_said(folder: Path, monkeypatch) -> None:
    monkeypatch.setattr(assets, "TemporaryDirectory", refusing(errno.ENOSPC))
    with pytest.raises(OSError, match="space"):
        assets.compress_all()


def refusing(number: int):
    def refuse(**_: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse
