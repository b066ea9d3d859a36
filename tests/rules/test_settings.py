"""Engage refuses to start with settings that would be unsafe, and says which and why."""

import json
import stat
from dataclasses import replace

import pytest

from engage.settings import Settings, WrongSettings, from_environment, make_keys
from engage.shared import languages
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


@pytest.fixture
def set_to(tmp_path, monkeypatch):
    """Read the environment of an installation in which one setting has this value."""
    make_keys(tmp_path)
    monkeypatch.setenv("ENGAGE_FOLDER", str(tmp_path))

    def read(name, value):
        monkeypatch.setenv(name, value)
        return from_environment()

    return read


POSTGRES = "postgresql+psycopg://name:password@host/database"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "abc", "PORT is a whole number, and not “abc”"),
        ("ENGAGE_PORT", "80.5", "ENGAGE_PORT is a whole number, and not “80.5”"),
        ("PORT", "99999", "PORT is a number from 1 to 65535"),
        ("ENGAGE_PROXIES", "one", "ENGAGE_PROXIES is a whole number, and not “one”"),
        ("ENGAGE_SMTP_PORT", "smtp", "ENGAGE_SMTP_PORT is a whole number, and not “smtp”"),
        ("ENGAGE_DEMO", "perhaps", "ENGAGE_DEMO is 1 or 0, and not “perhaps”"),
        ("ENGAGE_LANGUAGES", "en,xx", "ENGAGE_LANGUAGES holds some of en, pl, ar, ro, fa, gu, tr, es"),
        ("ENGAGE_DATABASE_URL", "postgresql://a:hush@b/c", f"begins with “postgresql”, .* {POSTGRES}"),
        ("ENGAGE_DATABASE_URL", "postgres://a:hush@b/c", f"begins with “postgres”, .* {POSTGRES}"),
        ("ENGAGE_DATABASE_URL", "postgresql+psycopg://a:hush@b:c/d", f"is no address .* {POSTGRES}"),
        ("ENGAGE_DATABASE_URL", "engage.db", f"is no address .* {POSTGRES}"),
    ],
)
def test_an_ordinary_mistake_is_said_by_the_name_of_its_setting(set_to, name, value, said):
    with pytest.raises(WrongSettings, match=said.replace("+", r"\+")) as wrong:
        set_to(name, value)
    assert "hush" not in str(wrong.value)


@pytest.mark.parametrize(
    "name", ["PORT", "PROXIES", "SMTP_PORT", "DEMO", "DEMO_ANYWHERE", "LANGUAGES", "DATABASE_URL", "MANAGER"]
)
def test_a_setting_that_is_empty_is_as_good_as_none(set_to, name):
    without = set_to("ENGAGE_HOST", "127.0.0.1")
    assert set_to(f"ENGAGE_{name}", "") == without


def test_spaces_beside_the_commas_of_languages_are_no_part_of_them(set_to):
    assert set_to("ENGAGE_LANGUAGES", "en, pl ,").languages == ("en", "pl")


def test_every_language_that_may_be_set_has_a_name_to_show():
    assert set(Settings.languages) == set(languages.NAMES)
