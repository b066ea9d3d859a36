"""A survey as a JSON file: written so that it reads back the same, and read as if a stranger had sent it."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn

from engage.surveys.rules.definition import Definition, parse, to_document
from engage.surveys.rules.limits import check_limits
from engage.surveys.rules.text import UNWANTED
from engage.surveys.rules.words import BrokenDefinition

LARGEST = 2 * 1024 * 1024  # bytes; the longest shipped survey has 125 kB
DEEPEST = 40  # lists and mappings inside each other; a condition of a condition is the deepest that anybody needs
LONGEST_SAID = 300  # characters of what is wrong
STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"?', re.DOTALL)
NOT_TEXT = (
    (b"PK\x03\x04", ("This is a spreadsheet or a packed file, not JSON. For a spreadsheet choose XLSForm.")),
    (b"%PDF", ("This is a PDF file, not JSON.")),
    (b"\x1f\x8b", ("This is a packed file. Unpack it, and choose the JSON file inside.")),
    *((mark, ("The file is written in UTF-16. Save it again in UTF-8.")) for mark in (b"\xff\xfe", b"\xfe\xff")),
)
KINDS_OF_VALUE = {
    "str": "a text",
    "int": "a whole number",
    "list": "a list",
    "dict": "a mapping",
    "bool": "true or false",
}
Step = str | int


class _Pairs(dict[str, Any]):
    """A mapping that remembers which keys came twice."""

    repeated: tuple[str, ...] = ()


def json_file(definition: Definition) -> bytes:
    """Write a survey as a file that people can read too."""
    return (json.dumps(to_document(definition), ensure_ascii=False, indent=2) + "\n").encode()


def read_json(file: bytes) -> Definition:
    """Read a survey from a file that anybody may have made; raises `BrokenDefinition` naming place and fault."""
    document = _mapping(_text(file))
    for path, value in _walk(document, ()):
        _check_value(path, value)
    return definition_of_document(document)


def definition_of_document(document: Mapping[str, Any]) -> Definition:
    """Read a document and hold it against the limits; raises `BrokenDefinition` whatever is wrong with it."""
    try:
        definition = parse(document)
        check_limits(definition)
    except BrokenDefinition as problem:
        raise BrokenDefinition(_in_words(str(problem))) from None
    except (TypeError, ValueError, KeyError, AttributeError, RecursionError) as problem:
        raise BrokenDefinition(_in_words(f"The survey does not hold together: {problem}")) from None
    return definition


def _text(file: bytes) -> str:
    if len(file) > LARGEST:
        raise BrokenDefinition("The file is larger than 2 MB. No survey is that long: choose the file of one survey.")
    if not file.strip():
        raise BrokenDefinition("The file is empty")
    for start, words in NOT_TEXT:
        if file.startswith(start):
            raise BrokenDefinition(words)
    try:
        return file.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = file.count(b"\n", 0, problem.start) + 1
        raise BrokenDefinition(f"Line {line}: this is not UTF-8. Save the file again in UTF-8.") from None


def _mapping(text: str) -> _Pairs:
    _check_depth(text)
    try:
        document = json.loads(text, object_pairs_hook=_pairs, parse_constant=_no_constant)
    except json.JSONDecodeError as problem:
        raise BrokenDefinition(
            f"Line {problem.lineno}, character {problem.colno}: this is not JSON ({problem.msg})"
        ) from None
    except ValueError:
        raise BrokenDefinition("There is a number in it that is none of a survey (NaN, or endless digits)") from None
    if not isinstance(document, _Pairs):
        raise BrokenDefinition("A survey is one mapping in braces, with a code, a title and sections")
    return document


def _check_depth(text: str) -> None:
    depth = 0
    for mark in re.finditer(r"[\[{\]}\n]", STRINGS.sub(lambda found: "\n" * found[0].count("\n"), text)):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(mark[0], 0)
        if depth > DEEPEST:
            line = text.count("\n", 0, mark.start()) + 1
            raise BrokenDefinition(f"Line {line}: more than {DEEPEST} lists and mappings stand inside each other")


def _pairs(pairs: Sequence[tuple[str, Any]]) -> _Pairs:
    found = _Pairs(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        found.repeated = tuple(key for key in found if keys.count(key) > 1)
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _walk(value: Any, path: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], Any]]:
    yield path, value
    inner: Iterator[tuple[Step, Any]] = iter(())
    if isinstance(value, dict):
        inner = iter(value.items())
    elif isinstance(value, list):
        inner = iter(enumerate(value))
    for step, part in inner:
        yield from _walk(part, (*path, _name(step, part)))


def _name(step: Step, part: Any) -> Step:
    """What stands in a list is named by its code where it has one."""
    code = part.get("code") if isinstance(part, dict) and isinstance(step, int) else None
    return code if isinstance(code, str) else step


def _check_value(path: tuple[Step, ...], value: Any) -> None:
    for text in (value, *(path[-1:])):
        if isinstance(text, str) and (bad := UNWANTED.search(text)):
            raise BrokenDefinition(f"{_place(path)}: it has a character that nobody sees (U+{ord(bad[0]):04X})")
    if isinstance(value, _Pairs) and value.repeated:
        raise BrokenDefinition(f"{_place(path)}: “{value.repeated[0]}” stands there twice")


def _place(path: tuple[Step, ...]) -> str:
    steps = [f"number {step + 1}" if isinstance(step, int) else step for step in path]
    return _in_words(" › ".join(steps).encode("utf-8", "replace").decode()) if steps else "The survey"


def _in_words(problem: str) -> str:
    shown = problem.encode("utf-8", "replace").decode()
    shown = re.sub(r"must be (str|int|list|dict|bool)\b", lambda kind: f"must be {KINDS_OF_VALUE[kind[1]]}", shown)
    place, found, words = shown.partition(": ")
    if found and " " not in place:
        shown = f"{place.replace('.', ' › ')}: {words}"
    return shown if len(shown) <= LONGEST_SAID else shown[:LONGEST_SAID] + " …"
