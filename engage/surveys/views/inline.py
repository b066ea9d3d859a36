"""The style and script of the phone page, read once, and the hashes that let just these run."""

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
def inline() -> Inline:
    """Read phone.css and phone.js, without their comments and indents."""
    script = read("routing.js") + read("phone.js")
    return Inline(Markup(read("phone.css")), Markup(EARLY), Markup(script))  # noqa: S704  (our own files)


def read(name: str) -> str:
    """One file of the phone page, lighter: no comments, no indents, no empty lines."""
    text = files("engage.surveys").joinpath("phone", name).read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    lines = (line.strip() for line in text.splitlines())
    kept = [line for line in lines if line and not line.startswith("//")]
    return "".join(kept) if name.endswith(".css") else "\n".join(kept) + "\n"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
