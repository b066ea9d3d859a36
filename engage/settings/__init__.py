"""Read the environment once, into one frozen record; refuse to start when it is wrong."""

import os
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

from environs import Env, EnvValidationError

from engage.settings.keys import ARGON2ID, KEY_FILE, KEYS, LISTS, key_file, make_keys, new_keys, read_keys
from engage.settings.wrong import WrongSettings

__all__ = [
    "ARGON2ID",
    "DATABASE_FILE",
    "KEY_FILE",
    "LISTS",
    "Post",
    "Settings",
    "SingleSignOn",
    "WrongSettings",
    "from_environment",
    "key_file",
    "make_keys",
    "new_keys",
    "read_keys",
]

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SECURITY = ("starttls", "tls", "none")
MOST_PROXIES = 5
LAST_PORT = 65_535
LANGUAGES = ("en", "pl", "ar", "ro", "fa", "gu", "tr", "es")
DATABASES = ("sqlite", "postgresql+psycopg")
ADDRESSES = "sqlite:////folder/engage.db, or postgresql+psycopg://name:password@host/database"
HEADS_FILE = "audit-heads.txt"
DATABASE_FILE = "engage.db"


@dataclass(frozen=True)
class Post:
    """How letters leave: a mail server, or GOV.UK Notify (e-mail and text); empty means that they wait.

    A text needs GOV.UK Notify. With both set, e-mail goes through the mail server.
    """

    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: str = "starttls"
    smtp_login: str = ""
    smtp_password: str = ""
    smtp_from: str = ""
    notify_key: str = ""
    notify_email_template: str = ""
    notify_text_template: str = ""
    notify_url: str = "https://api.notifications.service.gov.uk"

    def __post_init__(self) -> None:
        """Raise `WrongSettings` for what would be unsafe, or could send nothing."""
        if self.smtp_security not in SECURITY:
            raise WrongSettings(f"ENGAGE_SMTP_SECURITY is one of {', '.join(SECURITY)}")
        if self.smtp_host and "@" not in self.smtp_from:
            raise WrongSettings("ENGAGE_SMTP_FROM is empty: a mail server needs the address letters come from")
        if self.smtp_host and self.smtp_security == "none" and self.smtp_host not in LOOPBACK:
            raise WrongSettings("ENGAGE_SMTP_SECURITY=none would send letters in the open: only to this machine")
        if self.notify_key and not (self.notify_email_template or self.notify_text_template):
            raise WrongSettings(
                "ENGAGE_NOTIFY_KEY needs a template: ENGAGE_NOTIFY_EMAIL_TEMPLATE or ENGAGE_NOTIFY_TEXT_TEMPLATE"
            )

    @property
    def sends_email(self) -> bool:
        """True when an e-mail can leave."""
        return bool(self.smtp_host or (self.notify_key and self.notify_email_template))

    @property
    def sends_texts(self) -> bool:
        """True when a text can leave."""
        return bool(self.notify_key and self.notify_text_template)


@dataclass(frozen=True)
class SingleSignOn:
    """A partner's own sign-in by OpenID Connect; empty means that everybody signs in here."""

    issuer: str = ""
    client: str = ""
    secret: str = ""

    def __post_init__(self) -> None:
        """Raise `WrongSettings` for what would be unsafe, or could sign nobody in."""
        at = urlsplit(self.issuer)
        if self.issuer and at.scheme != "https" and at.hostname not in LOOPBACK:
            raise WrongSettings("ENGAGE_OIDC_ISSUER begins with https://")
        if self.issuer and not (self.client and self.secret):
            raise WrongSettings("ENGAGE_OIDC_ISSUER needs ENGAGE_OIDC_CLIENT and ENGAGE_OIDC_SECRET")


@dataclass(frozen=True)
class Settings:
    """Everything that may differ between two installations; see docs/settings.md.

    Keys live beside the database, never in it: `personal_keys` seals what people wrote,
    `contact_keys` seals how to reach somebody who asked for it, `receipt_key` hashes receipts.
    """

    database_url: str
    secret_key: str
    personal_keys: tuple[str, ...]
    contact_keys: tuple[str, ...]
    receipt_key: str
    folder: Path
    demo: bool = False
    demo_anywhere: bool = False
    host: str = "127.0.0.1"
    port: int = 8000
    queue: str = ""  # where the worker's messages lie: a file in the folder, or redis://…, postgresql://…
    languages: tuple[str, ...] = LANGUAGES
    exit_to: str = "https://www.bbc.co.uk/weather"
    partnership: str = "Barnet Safeguarding Children Partnership"
    address: str = ""  # what people type to come here, for the links in letters
    proxies: int = 0  # how many of our own stand between people and the app; each adds an address to believe
    manager: str = ""  # the e-mail address that is written to when nobody reads, even after the deputy was told
    key_file: str = ""  # looked at now and then while everything runs; empty: keys stay as they are
    audit_heads: str = ""  # where the audit's heads are noted; empty: beside the key file
    embeddings: str = ""  # a sentence model beside the words of answers: "packaged", or its folder; empty: none
    post: Post = field(default_factory=Post)
    sign_on: SingleSignOn = field(default_factory=SingleSignOn)

    def __post_init__(self) -> None:
        """Raise `WrongSettings` for what would be unsafe."""
        _check_database(self.database_url)
        _check_languages(self.languages)
        _check_numbers(self.port, self.proxies)
        for one in fields(self):
            if one.name in KEYS and not getattr(self, one.name):
                raise WrongSettings(f"{one.name} is empty: run `engage keys make` once, or set it in the environment")
        if self.manager and "@" not in self.manager:
            raise WrongSettings("ENGAGE_MANAGER is the e-mail address of whoever is called when nobody reads")
        if self.demo and not self.on_loopback and not self.demo_anywhere:
            raise WrongSettings(
                "The demo has well-known passwords, so it only serves this machine (127.0.0.1). "
                "Set ENGAGE_DEMO_ANYWHERE=1 if you really want it elsewhere"
            )

    @property
    def on_loopback(self) -> bool:
        """True when only this machine can reach the app."""
        return self.host in LOOPBACK

    @property
    def file_of_heads(self) -> Path:
        """Where the audit's heads are noted: apart from the database, as the key is."""
        beside = Path(self.key_file).parent if self.key_file else self.folder
        return Path(self.audit_heads) if self.audit_heads else beside / HEADS_FILE

    @property
    def home(self) -> str:
        """Where this installation is reached, without a slash at the end."""
        return (self.address or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def secure_cookies(self) -> bool:
        """Cookies travel over TLS only, the demo on this machine apart."""
        return not (self.demo and self.on_loopback)


def from_environment() -> Settings:
    """Read ENGAGE_... variables, and the key file in the instance folder. Raises `WrongSettings`."""
    env = Env(prefix="ENGAGE_")
    folder = Path(env.str("FOLDER", "instance")).absolute()
    path = key_file()
    keys = read_keys(path)
    return Settings(
        database_url=env.str("DATABASE_URL", "") or f"sqlite:///{folder / DATABASE_FILE}",
        folder=folder,
        demo=_yes("ENGAGE_DEMO"),
        demo_anywhere=_yes("ENGAGE_DEMO_ANYWHERE"),
        host=env.str("HOST", "127.0.0.1"),
        port=_number("PORT", _number("ENGAGE_PORT", Settings.port)),
        queue=env.str("QUEUE", ""),
        languages=_listed("ENGAGE_LANGUAGES", LANGUAGES),
        exit_to=env.str("EXIT_TO", Settings.exit_to),
        partnership=env.str("PARTNERSHIP", Settings.partnership),
        address=env.str("ADDRESS", ""),
        proxies=_number("ENGAGE_PROXIES", 0),
        manager=env.str("MANAGER", ""),
        audit_heads=env.str("AUDIT_HEADS", ""),
        embeddings=env.str("EMBEDDINGS", ""),
        post=_post(env),
        sign_on=SingleSignOn(env.str("OIDC_ISSUER", ""), env.str("OIDC_CLIENT", ""), env.str("OIDC_SECRET", "")),
        key_file=str(path),
        secret_key=str(keys["secret_key"]),
        personal_keys=tuple(keys["personal_keys"]),
        contact_keys=tuple(keys["contact_keys"]),
        receipt_key=str(keys["receipt_key"]),
    )


def _post(env: Env) -> Post:
    return Post(
        smtp_host=env.str("SMTP_HOST", ""),
        smtp_port=_number("ENGAGE_SMTP_PORT", Post.smtp_port),
        smtp_security=env.str("SMTP_SECURITY", Post.smtp_security),
        smtp_login=env.str("SMTP_LOGIN", ""),
        smtp_password=env.str("SMTP_PASSWORD", ""),
        smtp_from=env.str("SMTP_FROM", ""),
        notify_key=env.str("NOTIFY_KEY", ""),
        notify_email_template=env.str("NOTIFY_EMAIL_TEMPLATE", ""),
        notify_text_template=env.str("NOTIFY_TEXT_TEMPLATE", ""),
        notify_url=env.str("NOTIFY_URL", Post.notify_url),
    )


def _number(name: str, default: int) -> int:
    typed = os.environ.get(name, "").strip()  # an empty one is as good as none: files of settings have many
    if typed and not typed.isdecimal():
        raise WrongSettings(f"{name} is a whole number, and not “{typed}”")
    return int(typed or default)


def _yes(name: str) -> bool:
    typed = os.environ.get(name, "").strip()
    try:
        return Env().bool(name) if typed else False
    except EnvValidationError as error:
        raise WrongSettings(f"{name} is 1 or 0, and not “{typed}”") from error


def _listed(name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one.strip() for one in os.environ.get(name, "").split(",") if one.strip()) or default


def _check_numbers(port: int, proxies: int) -> None:
    if not 0 < port <= LAST_PORT:
        raise WrongSettings(f"PORT is a number from 1 to {LAST_PORT}")
    if not 0 <= proxies <= MOST_PROXIES:
        raise WrongSettings(f"ENGAGE_PROXIES is a number from 0 to {MOST_PROXIES}: how many proxies are yours")


def _check_languages(codes: tuple[str, ...]) -> None:
    strange = [code for code in codes if code not in LANGUAGES]
    if strange:
        known = ", ".join(LANGUAGES)
        raise WrongSettings(f"ENGAGE_LANGUAGES holds some of {known}, with commas between, and not “{strange[0]}”")


def _check_database(address: str) -> None:
    """Raise `WrongSettings` for what opens no database; never with the address, which may hold a password."""
    kind, between, _ = address.partition("://")
    if not between or not _has_a_place(address):
        raise WrongSettings(f"ENGAGE_DATABASE_URL is no address of a database, as {ADDRESSES} is")
    if kind not in DATABASES:
        raise WrongSettings(f"ENGAGE_DATABASE_URL begins with “{kind}”, which we cannot open. It is {ADDRESSES}")


def _has_a_place(address: str) -> bool:
    """Answer whether host and port can be read; a password with a bare sign in it can hide them."""
    try:
        return urlsplit(address).port != 0
    except ValueError:
        return False
