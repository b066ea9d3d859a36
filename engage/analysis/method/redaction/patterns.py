"""Details that have a shape of their own: addresses of mail and web, numbers, dates, postcodes, handles."""

import re
from collections.abc import Callable, Iterator

from engage.analysis.method.redaction.spans import Span

# Every repeat below is bounded, so that no text can make the search slower than its length.
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@|\s?[\[(]at[\])]\s?)[\w-]{1,63}(?:(?:\.|\s?[\[(]dot[\])]\s?)[\w-]{1,63}){1,4}"
    r"|(?<![\w.+-])[\w.+-]{2,64} at (?:gmail|hotmail|outlook|yahoo|icloud|live|proton)"
    r"(?: dot |\.)(?:com|co|net|me)(?:\.uk| dot uk)?",
    re.IGNORECASE,
)
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"']{1,500}"
    r"|(?<![\w@.-])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|co\.uk|org\.uk|ac\.uk|gov\.uk|sch\.uk"
    r"|org|net|edu|io|me|tv|info|ly|gg|uk|eu|de|fr|pl|ro|tr|ir)"
    r"(?![\w-])(?:/[^\s<>\"']{0,300})?",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"(?<!\w)(?:gir ?0aa|[a-z]{1,2}[0-9][a-z0-9]?\s?[0-9][abd-hjlnp-uw-z]{2})(?!\w)", re.IGNORECASE)
_POSTCODE_NAMED = re.compile(
    r"(?<!\w)(?:post ?code|zip(?: ?code)?)\b(?:\s{0,2}(?:is|was|:|=|-|s)){0,2}\s{0,2}"
    r"([a-z]{0,3}\d[a-z\d]{0,4}(?:[ -]\d[a-z\d]{1,4})?)(?!\w)"
    r"|(?<!\w)(?:post ?code|zip(?: ?code)?)\b[^\d\n]{0,25}\b([a-z]{0,2}\d[a-z\d]{2,5}(?:[ -]\d[a-z\d]{1,4})?)(?!\w)",
    re.IGNORECASE,
)
_POSTCODE_ABROAD = re.compile(r"(?<![\w.,-])(?:\d{3} \d{2}|\d{2}-\d{3})(?![\w-]|[.,]\d)")
# A year in which somebody older than the young people here was born, or that stands far back; and four digits that are
# neither a year nor a round number: a house, a code, the end of a number.
_FAR_YEAR = re.compile(r"(?<![\w/.,£$€-])(?:19\d\d|200[0-5])(?![\w/%-]|[.,]\d)")
_FOUR = re.compile(r"(?<![\w/.,£$€-])(?!19|20)\d{4}(?<!00)(?![\w%]|[.,]\d)")
_RUN = re.compile(r"(?<![\w.])(?:\+|\(\+?)?\d(?:[\s().\-–]{0,2}\d){4,22}(?![^\W_])")
_CODED = re.compile(r"(?<!\w)(?=[a-z0-9-]{0,20}\d)[a-z]{1,4}-?\d{2}[a-z0-9-]{4,30}(?!\w)", re.IGNORECASE)
_CODE_WORDS = r"(?:id|number|no|code|ref(?:erence)?|card|oyster|locker|candidate|pass|reg(?:istration)?|plate)"
_PLATE = re.compile(r"(?<!\w)[A-Z]{2}\d{2}\s?[A-Z]{3}(?!\w)")
_CODE_NAMED = re.compile(
    rf"(?<!\w){_CODE_WORDS}\b[\s:#]{{0,2}}(?:(?:is|was|on) ){{0,1}}"
    r"([a-z]{2}\d{2} ?[a-z]{3}|(?=[a-z\d]{0,8}\d{2})\d{3,8}[a-z]{1,3})(?!\w)",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"(?<!\w)(?:class|form|tutor(?: group)?|group|set)\b(?: (?:is|was|in|called)){0,1}"
    r" ((?:[7-9]|1[0-3])[a-z]{1,2})(?!\w)"
    r"|(?<!\w)(?:in|from|of) (?=(?:[7-9]|1[0-3])[A-Z])(?-i:((?:[7-9]|1[0-3])[A-Z]))(?!\w)",
    re.IGNORECASE,
)
_IP = re.compile(
    r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])|(?<![\w:])[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){4,7}(?![\w:])", re.IGNORECASE
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"(?<![\w/])(?:\d{{1,2}}([/.\-])\d{{1,2}}\1(?:\d{{4}}|\d{{2}})|\d{{4}}([/.\-])\d{{1,2}}\2\d{{1,2}}"
    rf"|{_DAY}(?: of)?[ \-]{_MONTH}[ ,\-]{{1,2}}(?:19|20)\d\d|{_MONTH} {_DAY},? (?:19|20)\d\d)(?![\w/])",
    re.IGNORECASE,
)
_BIRTHDAY = re.compile(
    rf"(?<!\w)(?:born|birthday|birth day|bday|b-day|date of birth|d\.?o\.?b)\b"
    rf"[^\w\n]{{0,3}}(?:(?:is|was|on|the|in|my|:)\s{{0,2}}){{0,3}}"
    rf"({_DAY}(?: of)?[ \-]{_MONTH}(?:[ ,\-]{{1,2}}\d{{2,4}})?"
    rf"|{_MONTH} {_DAY}(?:,? \d{{4}})?|\d{{1,2}}[/.\-]\d{{1,2}}|(?:19|20)\d\d)(?!\w)",
    re.IGNORECASE,
)
_AT = re.compile(r"(?<![\w@.])@[\w.]{2,40}|(?<![\w/])u/[\w-]{3,30}")
_NETWORK = (
    r"(?:snap(?:chat)?|insta(?:gram)?|ig|tik ?tok|discord|psn|gamer ?tag|roblox|twitter|"
    r"telegram|user ?name|handle|steam|xbox|fortnite|kik|yubo|twitch|my user|my @)"
)
_NAMED_HANDLE = re.compile(
    rf"(?<!\w){_NETWORK}(?:\s?(?:name|user ?name|handle|account|tag|id))?\s{{0,2}}"
    rf"(?:\bis\b|\bas\b|s\b|'s|:|=|-|called|@)\s{{0,2}}(?:called |just )?([\w.\-]{{3,40}})",
    re.IGNORECASE,
)
_MIXED = re.compile(
    r"(?<![\w@.#/])(?=[a-z0-9.]{0,38}[_\d])[a-z][a-z0-9.]{0,38}(?:_[a-z0-9._]{1,38}|[a-z]{2}\d{2,8}[a-z]{0,20})(?![\w])",
    re.IGNORECASE,
)
_ORDINARY_MIX = re.compile(
    r"(?:year|years|yr|yrs|covid|age|aged|grade|ps|ks|keystage|stage|bus|route|gta|fifa|fc|iphone"
    r"|top|sub|num|page|class|form|room|level|part|week|day|gcses?)\d+[a-z]{0,3}|.{0,2}\d{1,2}",
    re.IGNORECASE,
)
_PHONE_WORDS = re.compile(
    r"(?:phone|mobile|mob|number|num|call|ring|text|txt|whats ?app|tel|fax|cell|reach|contact)", re.IGNORECASE
)
_LED_PHONE, _PHONE = range(7, 16), range(8, 13)
_YEAR, _COUNT, _FEW = 4, 2, 6
_GROUPS = re.compile(r"\d+")


def _whole(kind: str, pattern: re.Pattern[str]) -> Callable[[str], Iterator[Span]]:
    """Make a finder that takes each match whole, or its first group where it has a filled one."""

    def find(text: str) -> Iterator[Span]:
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), kind)

    return find


def _named(kind: str, pattern: re.Pattern[str]) -> Callable[[str], Iterator[Span]]:
    """Make a finder that takes only the named part: the group after the words that announce it."""

    def find(text: str) -> Iterator[Span]:
        for match in pattern.finditer(text):
            at = match.lastindex or 0
            yield Span(match.start(at), match.end(at), kind)

    return find


def _digit_runs(text: str) -> Iterator[Span]:
    """Find telephone numbers and other long numbers; a list of years or of small counts is neither."""
    for match in _RUN.finditer(text):
        groups = _GROUPS.findall(match.group())
        digits = sum(map(len, groups))
        before = text[max(0, match.start() - 40) : match.start()]
        if _is_list_of_counts(groups, match.group()):
            continue
        led = groups[0][0] == "0" or match.group()[0] in "+(" or _PHONE_WORDS.search(before)
        phone = digits in (_LED_PHONE if led else _PHONE if len(groups) > 1 else ())
        yield Span(match.start(), match.end(), "PHONE" if phone else "NUMBER")


def _is_list_of_counts(groups: list[str], run: str) -> bool:
    """Tell years ("2019 2020") and counts ("10 20 30", "10,000") from one number cut into groups."""
    if len(groups) == 1 or run[0] in "+(":
        return False
    years = all(len(group) == _YEAR and group[:2] in {"19", "20"} for group in groups)
    return (
        years or (all(len(group) <= _COUNT for group in groups) and groups[0][0] != "0") or sum(map(len, groups)) < _FEW
    )


def _named_handles(text: str) -> Iterator[Span]:
    """Find the word after "my snap is": a handle when it is not an everyday word (the caller's list decides)."""
    for match in _NAMED_HANDLE.finditer(text):
        yield Span(match.start(1), match.start(1) + len(match.group(1).rstrip(".-")), "HANDLE?")


def _mixed_handles(text: str) -> Iterator[Span]:
    """Find words that mix letters with digits or underscores, as handles do and "year9" does not."""
    for match in _MIXED.finditer(text):
        if not _ORDINARY_MIX.fullmatch(match.group()):
            yield Span(match.start(), match.end(), "HANDLE")


FINDERS: tuple[Callable[[str], Iterator[Span]], ...] = (
    _whole("EMAIL", _EMAIL),
    _whole("URL", _URL),
    _whole("NUMBER", _IP),
    _whole("DATE_OF_BIRTH", _DATE),
    _named("DATE_OF_BIRTH", _BIRTHDAY),
    _whole("POSTCODE", _POSTCODE),
    _named("POSTCODE", _POSTCODE_NAMED),
    _whole("POSTCODE", _POSTCODE_ABROAD),
    _digit_runs,
    _whole("DATE_OF_BIRTH", _FAR_YEAR),
    _whole("NUMBER", _FOUR),
    _whole("NUMBER", _CODED),
    _whole("NUMBER", _PLATE),
    _named("NUMBER", _CODE_NAMED),
    _named("NUMBER", _CLASS),
    _whole("HANDLE", _AT),
    _named_handles,
    _mixed_handles,
)
