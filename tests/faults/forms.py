"""Read the form of a page as a browser would send it: every field with what stands in it."""

import html5lib

NAMES = "{http://www.w3.org/1999/xhtml}"


def form_of(page: str, action: str) -> list[tuple[str, str]]:
    """Give the fields of the one form that goes to `action`, in order; none where there is no such form."""
    document = html5lib.parse(page)
    forms = [form for form in document.iter(f"{NAMES}form") if form.get("action", "").rstrip("?") == action]
    assert len(forms) <= 1, action
    return [field for form in forms for one in form.iter() for field in _field(one)]


def _field(one: object) -> list[tuple[str, str]]:
    kind, name = one.tag.removeprefix(NAMES), one.get("name")  # type: ignore[attr-defined]
    if not name or kind not in {"input", "textarea"}:
        return []
    return [(name, one.get("value", "") if kind == "input" else (one.text or ""))]  # type: ignore[attr-defined]
