"""Make the written page lighter: no spaces that nobody sees, and nothing twice that the phone can put there itself."""

import re

BETWEEN_TAGS = re.compile(r">\s+<")
SPACES = re.compile(r"\s*\n\s*")
LATER = '</section><section class="part"'  # after the first part
NAMES = re.compile(r' name="[a-z][a-z0-9_]*"')
UNSAID = re.compile(
    r'(?<=<div class="tiles unsaid">)<label class="tile"><input type="\w+" value="dont_know" data-alone>[^<]*</label>'
    r'<label class="tile"><input type="\w+" value="rather_not_say" data-alone>[^<]*</label>(?=</div>)'
)
TILE = re.compile(
    r' ?<label class="tile"><input type="\w+" value="([^"^!?]+)"( data-alone| data-other)?>'
    r'(?:<svg aria-hidden="true"><use href="#f(\d)" /></svg>)? ([^<]*) </label>'
)
TILES = re.compile(rf'(?:(?<=<div class="tiles">)|(?<=<div class="tiles numbers">))(?:{TILE.pattern})+ *(?=</div>)')
MARKS = {" data-alone": "!", " data-other": "?", None: ""}


def lighter(page: str) -> str:
    """Take out the white space between tags, but keep that of the scripts, the style and boxes of text."""
    head, style, rest = page.partition("</style>")
    body, mark, end = rest.partition("<script>")
    end = end[: end.index("</body>")].rstrip()  # what is one person's own comes last: views/filling.py ends the page
    return BETWEEN_TAGS.sub("><", head.lstrip()) + style + SPACES.sub(" ", BETWEEN_TAGS.sub("><", body)) + mark + end


def bare(page: str) -> str:
    """Leave out, after the first part, what phone.js puts there; who has no script gets a filled page there.

    It puts names, the two last tiles of a card, and the tiles of a choice, which stand there as lines of text. All of
    these parts are a comment: a slow phone reads over it, where it would stop between cards to draw the page anew.
    No text of an author can end it, for its ">" is written "&gt;".
    """
    first, mark, rest = page.partition(LATER)
    later, end, closing = rest.partition('<input type="hidden" name="_shown"')
    later = NAMES.sub("", later)
    kept = None if UNSAID.search(NAMES.sub("", first)) else UNSAID.search(later)  # one pair stays, to be copied
    at = kept.end() if kept else 0
    lines = later[:at] + TILES.sub(_lines, UNSAID.sub("", later[at:]))
    return f"{first}</section><!--{mark.removeprefix('</section>')}{lines}-->{end}{closing}"


def _lines(tiles: re.Match[str]) -> str:
    """Each tile as its code, `^` and its face, `!` if it stands alone or `?` if one may say more, and its words."""
    return "\n".join(
        f"{code}{face and '^' + face}{MARKS[mark]} {words}"
        for code, mark, face, words in ((one[1], one[2], one[3] or "", one[4]) for one in TILE.finditer(tiles[0]))
    )
