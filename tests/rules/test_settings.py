"""Engage refuses to start with settings that would be unsafe, and says which and why."""

import json
import stat
from dataclasses import replace

import pytest

from engage.settings import WrongSettings, from_environment, make_keys
from tests.conftest import make_settings


def test_the_demo_serves_only_this_machine_unless_told(tmp_path):
    with pytest.raises(WrongSettings, match="only serves this machine"):
        make_settings(tmp_path, host="0.0.0.0")  # noqa: S104  (it is refused)
    assert make_settings(tmp_path, host="0.0.0.0", demo_anywhere=True).demo  # noqa: S104
    assert not make_settings(tmp_path, host="0.0.0.0", demo=False).demo  # noqa: S104


@pytest.mark.parametrize("name", ["secret_key", "personal_keys", "contact_keys", "receipt_key"])
def test_no_key_may_be_empty(tmp_path, name):
    with pytest.raises(WrongSettings, match=name):
        replace(make_settings(tmp_path), **{name: ""})


def test_cookies_need_tls_everywhere_but_in_the_demo_on_this_machine(tmp_path):
    assert not make_settings(tmp_path).secure_cookies
    assert make_settings(tmp_path, demo=False).secure_cookies


def test_the_key_file_is_made_once_and_for_its_owner_only(tmp_path):
    path = make_keys(tmp_path)
    first = path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert make_keys(tmp_path).read_text() == first
    assert set(json.loads(first)) == {"secret_key", "personal_keys", "contact_keys", "receipt_key"}


def test_a_missing_or_broken_key_file_is_said_in_plain_words(tmp_path, monkeypatch):
    monkeypatch.setenv("ENGAGE_FOLDER", str(tmp_path))
    with pytest.raises(WrongSettings, match="no key file"):
        from_environment()
    (tmp_path / "keys.json").write_text("{")
    with pytest.raises(WrongSettings, match="cannot be read"):
        from_environment()
    (tmp_path / "keys.json").write_text('{"secret_key": "x"}')
    with pytest.raises(WrongSettings, match="lacks personal_keys"):
        from_environment()


def test_the_environment_is_read(tmp_path, monkeypatch):
    make_keys(tmp_path)
    monkeypatch.setenv("ENGAGE_FOLDER", str(tmp_path))
    monkeypatch.setenv("PORT", "8123")
    monkeypatch.setenv("ENGAGE_LANGUAGES", "en,ar")
    settings = from_environment()
    assert (settings.port, settings.languages, settings.demo) == (8123, ("en", "ar"), False)
    assert settings.database_url.endswith("engage.db")
