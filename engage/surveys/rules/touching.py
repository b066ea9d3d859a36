"""Which cards and parts of a draft a change touched."""

from engage.surveys.rules.drafting import Document, codes_of, items_of


def touched(before: Document, after: Document) -> list[str]:
    """The codes of what is new, different or gone, else of what has another place; what is gone comes last."""
    old, new = _each(before), _each(after)
    differs = [code for code, part in new.items() if old.get(code) != part] + [code for code in old if code not in new]
    return differs or [now for was, now in zip(codes_of(before), codes_of(after), strict=True) if was != now]


def _each(document: Document) -> dict[str, Document]:
    """Each part by its code without its items, and each item."""
    parts = {one["code"]: {key: said for key, said in one.items() if key != "items"} for one in document["sections"]}
    return parts | {item["code"]: item for item in items_of(document)}
