"""The style and script of the phone page, read once, and the hashes that let just these run.

A page carries the parts its own questions need, and no others: each byte of it is paid for on a bad line.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from markupsafe import Markup

# Runs before anything is shown. It is written in the newest words that phone.js uses: a browser that cannot read
# them never learns that there is a script, and pages section by section.
EARLY = "'submitter'in(window.SubmitEvent?.prototype??{})&&document.documentElement.classList.add('js')"

CSS_SPACES = re.compile(r" ?([{};,>]) ?|(?<=:) ")  # not before a colon: there it means "inside"


@dataclass(frozen=True)
class Inline:
    """What the page carries in itself; the three are ours, so they are not escaped."""

    style: Markup
    early: Markup
    script: Markup

    @property
    def scripts(self) -> tuple[str, ...]:
        """The hashes for the header."""
        return _hash(self.early), _hash(self.script)

    @property
    def styles(self) -> tuple[str, ...]:
        """The hash for the header."""
        return (_hash(self.style),)


@cache
def inline(parts: tuple[str, ...] = ()) -> Inline:
    """Read what every page carries, and the same of some `parts`, without their comments and indents."""
    names = ("routing", "phone", "aloud", *parts)
    style, script = ("".join(read(f"{name}.{kind}") for name in names) for kind in ("css", "js"))
    return Inline(Markup(style), Markup(EARLY), Markup(script))  # noqa: S704  (our own files)


def read(name: str) -> str:
    """One file of the phone page, lighter: no comments, no indents, no empty lines; empty where a part has none."""
    file = files("engage.surveys").joinpath("phone", name)
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    lines = (line.strip() for line in text.splitlines())
    kept = [line for line in lines if line and not line.startswith("//")]
    if name.endswith(".css"):
        return CSS_SPACES.sub(lambda found: found[1] or "", "".join(kept))
    return "\n".join(kept) + "\n" if kept else ""


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
