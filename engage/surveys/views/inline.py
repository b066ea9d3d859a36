"""The style and script of the phone page, read once, and the hashes that let just these run.

A page carries the parts its own questions need, and no others: each byte of it is paid for on a bad line.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from markupsafe import Markup

# Runs before a second card is shown. A browser that cannot read the newest words that phone.js uses never learns that
# there is a script, and pages section by section.
EARLY = "'submitter'in(window.SubmitEvent?.prototype??{})&&document.documentElement.classList.add('js')"
EARLY_TAG = f"<script>{EARLY}</script>"

# A comment, a text in quotes, or what is between. No text of ours spans lines, no pattern has a quote or a space, every
# statement ends with ";" or "}", and nothing adds what has a sign of its own.
JS_PARTS = re.compile(r"""//.*|("[^"\n]*"|'[^'\n]*'|`[^`\n]*`)|((?:[^"'`/]|/(?!/))+)""")
JS_SPACES = re.compile(r" *([=*<>?:&|,;{}()\[\]!+]) *|(?<=[;{},])\n")
CSS_SPACES = re.compile(r" ?([{};,>]) ?|(?<=:) ")  # not before a colon: there it means "inside"


@dataclass(frozen=True)
class Inline:
    """What the page carries in itself; all of it is ours, so it is not escaped.

    The script stands behind the cards: on a thin line the first card is seen before it has come.
    """

    style: Markup
    script: Markup

    @cached_property
    def scripts(self) -> tuple[str, ...]:
        """The hashes for the header."""
        return (_hash(EARLY), _hash(self.script))

    @cached_property
    def styles(self) -> tuple[str, ...]:
        """The hash for the header."""
        return (_hash(self.style),)


@cache
def inline(parts: tuple[str, ...] = ()) -> Inline:
    """Read what every page carries, and the same of some `parts`, without their comments and indents."""
    names = ("routing", "phone", "aloud", *parts)
    style, script = ("".join(read(f"{name}.{kind}") for name in names) for kind in ("css", "js"))
    return Inline(Markup(style), Markup(script))  # noqa: S704  (our own files)


def read(name: str) -> str:
    """One file of the phone page, lighter: no comments, no indents, no empty lines; empty where a part has none."""
    file = files("engage.surveys").joinpath("phone", name)
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    if name.endswith(".css"):
        return CSS_SPACES.sub(
            lambda found: found[1] or "", "".join(_lines(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)))
        )
    script = "".join(f"{line}\n" for line in _lines(JS_PARTS.sub(lambda part: part[1] or part[2] or "", text)))
    return JS_PARTS.sub(lambda part: part[1] or JS_SPACES.sub(lambda found: found[1] or "", part[2]), script)


def _lines(text: str) -> list[str]:
    return [stripped for line in text.splitlines() if (stripped := line.strip())]


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
