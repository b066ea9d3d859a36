"""Make the key file, say where it is, and read it."""

import json
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet
from environs import Env

from engage.settings.wrong import WrongSettings

KEYS = ("secret_key", "personal_keys", "contact_keys", "receipt_key")
LISTS = ("personal_keys", "contact_keys")
COPY = "Was it cut, or changed, when it was copied? Copy it once more from where it is kept."
KEY_FILE = "keys.json"
RANDOM = 48  # bytes of a key that hashes
WHOLE = RANDOM * 4 // 3  # its letters
ARGON2ID = "argon2id:"  # so begins a receipt key under which receipts are hashed by that; older ones say nothing


def new_keys() -> dict[str, str | list[str]]:
    """Make a fresh set of keys."""
    return {
        "secret_key": secrets.token_urlsafe(RANDOM),
        "personal_keys": [Fernet.generate_key().decode()],
        "contact_keys": [Fernet.generate_key().decode()],
        "receipt_key": ARGON2ID + secrets.token_urlsafe(RANDOM),
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
        whole = {name: len(str(kept).removeprefix(ARGON2ID)) >= WHOLE}
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
