"""Which files show that something was done: pictures, told by their content, never by their name."""

import unicodedata

from engage.shared.errors import NotOpen, NotValid
from engage.shared.words import N_

LARGEST = 5 * 1024 * 1024  # bytes
MOST = 10  # files of one action
TYPES = {"png": "image/png", "jpeg": "image/jpeg"}
STARTS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}
LONGEST_NAME = 60
DOCUMENTS = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def kind_of(content: bytes) -> str:
    """Give "png" or "jpeg" from the first bytes. Raises `NotValid` for anything else, with what to do."""
    if not content:
        raise NotValid(N_("This file is empty. Choose another one."))
    if len(content) > LARGEST:
        raise NotValid(N_("This file is larger than 5 MB. Make the picture smaller, and add it again."))
    if content.startswith(DOCUMENTS):
        raise NotValid(N_("We take pictures only: a document may hide names. Add a picture (PNG or JPEG) of the page."))
    for start, kind in STARTS.items():
        if content.startswith(start):
            return kind
    raise NotValid(N_("This is not a picture we know. Save it as PNG or JPEG, and add it again."))


def name_of(typed: str, kind: str) -> str:
    """Give a name that is safe to save under, ending as its content says."""
    last = unicodedata.normalize("NFC", typed).replace("\\", "/").rpartition("/")[2].rpartition(".")
    stem = "".join(c if c.isalnum() or c in " -_()" else "-" for c in (last[0] or last[2]))
    return f"{stem.strip(' -')[:LONGEST_NAME] or 'picture'}.{kind}"


def check_room(count: int) -> None:
    """Raise `NotValid` when an action has as many files as anybody looks at."""
    if count >= MOST:
        raise NotValid(N_("There are ten files already. Take one away first."))


def check_takes_files(state: str) -> None:
    """Raise `NotOpen` where a file would show nothing: not agreed yet, or over."""
    if state not in ("agreed", "in_progress", "done_claimed"):
        raise NotOpen(N_("Files are added, or taken away, while something is being done or looked at."))
