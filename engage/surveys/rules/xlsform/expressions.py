"""Conditions as XLSForm writes them, `${age} >= 16 and selected(${ways}, 'bus')`, out and in."""

import re
from collections.abc import Callable, Iterator, Mapping

from engage.surveys.rules.conditions import NUMBERS, Condition

SIGNS = {"lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
OPERATORS = {sign: operator for operator, sign in SIGNS.items()}
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
TOKENS = re.compile(
    r"\s*(?:(?P<item>\$\{\s*[^{}\s]+\s*\})|(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>-?\d+)(?![\d.])"
    r"|(?P<sign><=|>=|!=|[=<>(),])|(?P<word>[A-Za-z][\w-]*(?:\(\))?))"
)
LONGEST, DEEPEST = 4_000, 30
Token = tuple[str, str]


class NotKept(ValueError):
    """An expression that is more than our conditions can say."""


def expression(condition: Condition) -> str:
    """Write a condition as an expression."""
    if condition.operator in ("all", "any"):
        joined = f" {'and' if condition.operator == 'all' else 'or'} "
        return joined.join(f"({expression(part)})" for part in condition.parts)
    if condition.operator == "not":
        return f"not({expression(condition.parts[0])})"
    return _test(condition, f"${{{condition.item}}}")


def _test(test: Condition, item: str) -> str:
    if test.operator == "answered":
        return f"{item} != ''"
    if test.operator in NUMBERS:
        return f"{item} {SIGNS[test.operator]} {test.values[0]}"
    if test.operator in ("is", "is_not"):
        return f"{item} {'=' if test.operator == 'is' else '!='} '{test.values[0]}'"
    return _several(test, item)


def _several(test: Condition, item: str) -> str:
    each = [f"{item} = '{value}'" if test.operator == "in" else f"selected({item}, '{value}')" for value in test.values]
    joined = (" and " if test.operator == "all_of" else " or ").join(each)
    if not each:
        return "1 = 1" if test.operator in ("all_of", "none_of") else "1 = 2"
    return f"not({joined})" if test.operator == "none_of" else joined


def condition_from(words: str, code: Callable[[str], str] = str) -> Condition:
    """Read an expression; `code` makes a code of what stands there. Raises `NotKept` saying what has no place here."""
    if len(words) > LONGEST:
        raise NotKept("it is too long")
    reading = _Reading(list(_tokens(words)), code)
    found = reading.either(0)
    if reading.left:
        raise NotKept(f"“{reading.left[0][1]}” does not fit in it")
    return found


def _tokens(words: str) -> Iterator[Token]:
    at = 0
    while words[at:].strip():
        token = TOKENS.match(words, at)
        if token is None:
            raise NotKept(f"“{words[at:].strip()[:20]}” has no place in a condition here")
        at = token.end()
        yield str(token.lastgroup), token[str(token.lastgroup)]


class _Reading:
    """What is left to read of an expression."""

    def __init__(self, tokens: list[Token], code: Callable[[str], str]) -> None:
        self.left = tokens
        self.code = code

    def take(self, *wanted: str) -> Token | None:
        """Take the next piece if it is one of these."""
        if self.left and (self.left[0][1] in wanted or self.left[0][0] in wanted):
            return self.left.pop(0)
        return None

    def need(self, *wanted: str) -> Token:
        """Take the next piece, which must be one of these."""
        found = self.take(*wanted)
        if found is None:
            met = self.left[0][1] if self.left else "its end"
            raise NotKept(f"“{met}” stands where something else is wanted")
        return found

    def either(self, deep: int) -> Condition:
        """Read what is joined by or."""
        if deep > DEEPEST:
            raise NotKept("too many brackets stand inside each other")
        return self._joined("or", "any", lambda: self._joined("and", "all", lambda: self._one(deep + 1)))

    def _joined(self, word: str, operator: str, part: Callable[[], Condition]) -> Condition:
        parts = [part()]
        while self.take(word):
            parts.append(part())
        return _shorter(operator, parts) if len(parts) > 1 else parts[0]

    def _one(self, deep: int) -> Condition:
        if self.take("("):
            return self._inside(deep)
        if self.take("not"):
            self.need("(")
            return _negated(self._inside(deep))
        if self.take("selected"):
            return self._selected()
        return self._compared()

    def _inside(self, deep: int) -> Condition:
        found = self.either(deep)
        self.need(")")
        return found

    def _selected(self) -> Condition:
        self.need("(")
        item = self._item(self.need("item"))
        self.need(",")
        value = "_".join(self.need("text")[1][1:-1].split())
        self.need(")")
        return Condition("any_of", item, (value,))

    def _item(self, token: Token) -> str:
        return self.code(token[1][2:-1].strip())

    def _compared(self) -> Condition:
        left, sign, right = (
            self.need("item", "text", "number"),
            self.need("sign")[1],
            self.need("item", "text", "number"),
        )
        if right[0] == "item":
            left, sign, right = right, TURNED.get(sign, sign), left
        if left[0] != "item" or right[0] == "item":
            raise NotKept("it compares something else than one question with one answer")
        return self._test(self._item(left), sign, right)

    def _test(self, item: str, sign: str, value: Token) -> Condition:
        bare = value[1] if value[0] == "number" else value[1][1:-1].strip()
        if sign in OPERATORS:
            if not (bare.isascii() and bare.isdigit()):
                raise NotKept(f"“{bare}” is no whole number")
            return Condition(OPERATORS[sign], item, (str(int(bare)),))
        if sign not in ("=", "!="):
            raise NotKept(f"“{sign}” does not fit in it")
        if not bare:
            answered = Condition("answered", item)
            return answered if sign == "!=" else Condition("not", parts=(answered,))
        return Condition("is" if sign == "=" else "is_not", item, ("_".join(bare.split()),))


def _negated(inside: Condition) -> Condition:
    return (
        Condition("none_of", inside.item, inside.values)
        if inside.operator == "any_of"
        else Condition("not", parts=(inside,))
    )


GATHERED: Mapping[tuple[str, str], str] = {
    ("any", "is"): "in",
    ("any", "in"): "in",
    ("any", "any_of"): "any_of",
    ("all", "any_of"): "all_of",
    ("all", "all_of"): "all_of",
}


def _shorter(operator: str, parts: list[Condition]) -> Condition:
    """Several tests of one item by one operator are one test of several answers."""
    kinds = {(part.operator, part.item) for part in parts}
    together = GATHERED.get((operator, parts[0].operator), "")
    if len(kinds) > 1 or not together or (together == "all_of" and any(len(part.values) > 1 for part in parts)):
        return Condition(operator, parts=tuple(parts))
    return Condition(together, parts[0].item, tuple(dict.fromkeys(value for part in parts for value in part.values)))
