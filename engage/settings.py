"""Read the environment once, into one frozen record; refuse to start when it is wrong."""

import json
import os
import secrets
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from environs import Env

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SECURITY = ("starttls", "tls", "none")
MOST_PROXIES = 5
KEYS = ("secret_key", "personal_keys", "contact_keys", "receipt_key")
LISTS = ("personal_keys", "contact_keys")
COPY = "Was it cut, or changed, when it was copied? Copy it once more from where it is kept."
KEY_FILE = "keys.json"
RANDOM = 48  # bytes of a key that hashes
WHOLE = RANDOM * 4 // 3  # its letters
HEADS_FILE = "audit-heads.txt"
DATABASE_FILE = "engage.db"


class WrongSettings(Exception):
    """The app must not start with these settings; the message says which and why."""


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
    languages: tuple[str, ...] = ("en", "pl", "ar", "ro", "fa", "gu", "tr", "es")
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
        for one in fields(self):
            if one.name in KEYS and not getattr(self, one.name):
                raise WrongSettings(f"{one.name} is empty: run `engage keys make` once, or set it in the environment")
        if self.manager and "@" not in self.manager:
            raise WrongSettings("ENGAGE_MANAGER is the e-mail address of whoever is called when nobody reads")
        if not 0 <= self.proxies <= MOST_PROXIES:
            raise WrongSettings(f"ENGAGE_PROXIES is a number from 0 to {MOST_PROXIES}: how many proxies are yours")
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
        database_url=env.str("DATABASE_URL", f"sqlite:///{folder / DATABASE_FILE}"),
        folder=folder,
        demo=env.bool("DEMO", False),
        demo_anywhere=env.bool("DEMO_ANYWHERE", False),
        host=env.str("HOST", "127.0.0.1"),
        port=int(os.environ.get("PORT") or env.int("PORT", 8000)),
        queue=env.str("QUEUE", ""),
        languages=tuple(env.list("LANGUAGES", list(Settings.languages))),
        exit_to=env.str("EXIT_TO", Settings.exit_to),
        partnership=env.str("PARTNERSHIP", Settings.partnership),
        address=env.str("ADDRESS", ""),
        proxies=env.int("PROXIES", 0),
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


def new_keys() -> dict[str, str | list[str]]:
    """Make a fresh set of keys."""
    return {
        "secret_key": secrets.token_urlsafe(RANDOM),
        "personal_keys": [Fernet.generate_key().decode()],
        "contact_keys": [Fernet.generate_key().decode()],
        "receipt_key": secrets.token_urlsafe(RANDOM),
    }


def key_file() -> Path:
    """Say where the keys are, or will be."""
    env = Env(prefix="ENGAGE_")
    return Path(env.str("KEY_FILE", str(Path(env.str("FOLDER", "instance")) / KEY_FILE))).absolute()


def make_keys(folder: Path, name: str = KEY_FILE) -> Path:
    """Write a key file that only its owner can read, unless there is one; give its path."""
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(new_keys(), file, indent=2)
    return path


def _post(env: Env) -> Post:
    return Post(
        smtp_host=env.str("SMTP_HOST", ""),
        smtp_port=env.int("SMTP_PORT", Post.smtp_port),
        smtp_security=env.str("SMTP_SECURITY", Post.smtp_security),
        smtp_login=env.str("SMTP_LOGIN", ""),
        smtp_password=env.str("SMTP_PASSWORD", ""),
        smtp_from=env.str("SMTP_FROM", ""),
        notify_key=env.str("NOTIFY_KEY", ""),
        notify_email_template=env.str("NOTIFY_EMAIL_TEMPLATE", ""),
        notify_text_template=env.str("NOTIFY_TEXT_TEMPLATE", ""),
        notify_url=env.str("NOTIFY_URL", Post.notify_url),
    )


def read_keys(path: Path) -> dict[str, str | list[str]]:
    """Read the key file. Raises `WrongSettings`, which says the file and the name in it, never what stands there."""
    keys = _loaded(path)
    if not isinstance(keys, dict):
        raise WrongSettings(f"The key file {path} does not hold names with keys, as `engage keys make` writes them")
    missing = [name for name in KEYS if not keys.get(name)]
    if missing:
        raise WrongSettings(f"The key file {path} lacks {', '.join(missing)}")
    for name in KEYS:
        _check_keys(path, name, keys[name])
    return {name: keys[name] for name in KEYS}


def _loaded(path: Path) -> object:
    try:
        return json.loads(path.read_text())
    except FileNotFoundError as error:
        raise WrongSettings(
            f"There is no key file at {path}: `engage keys make` makes one, or set ENGAGE_KEY_FILE"
        ) from error
    except OSError as error:
        raise WrongSettings(f"The key file {path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        where = f" in line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise WrongSettings(f"The key file {path} is damaged{where} and cannot be read. {COPY}") from error


def _check_keys(path: Path, name: str, kept: object) -> None:
    if name not in LISTS and not isinstance(kept, str):
        raise WrongSettings(f"The key file {path}: {name} is no key, which stands between quotation marks")
    if name not in LISTS:
        whole = {name: len(str(kept)) >= WHOLE}
    elif isinstance(kept, list):
        whole = {f"number {number} of {name}": _is_key(key) for number, key in enumerate(kept, start=1)}
    else:
        raise WrongSettings(f"The key file {path}: {name} is no list of keys, which stands between [ and ]")
    cut = [which for which, is_whole in whole.items() if not is_whole]
    if cut:
        raise WrongSettings(f"The key file {path}: {cut[0]} is no whole key. {COPY}")


def _is_key(key: object) -> bool:
    """Answer whether something can be sealed with it."""
    try:
        Fernet(str(key))
    except ValueError:
        return False
    return True
