"""A survey of ten questions as somebody at the desk writes it, in two languages, one page after another."""

from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

TITLE = "The new park"
DRAFTS = "/desk/surveys/drafts"


@dataclass(frozen=True)
class Question:
    """What is chosen and typed for one card; `look_at` is the earlier question that it waits for, and the answer."""

    kind: str
    words: str
    options: tuple[str, ...] = ()
    typed: dict[str, str] = field(default_factory=dict)
    look_at: tuple[str, str] | None = None


START = (
    Question("consent", "Do you want to take part?"),
    Question("age", "How old are you?"),
)
PARK = (
    Question("single", "How often do you go to the park?", ("Every week", "Now and then", "Never")),
    Question("open", "What keeps you away?", look_at=("How often do you go to the park?", "Never")),
    Question("multiple", "What do you do there?", ("Play", "Sit", "Walk"), {"pick": "2"}),
    Question("scale", "How happy are you with it?"),
    Question("yes_no_not_sure", "Is it light after dark?"),
    Question("ranking", "What should come first?", ("Lights", "Swings", "Trees")),
    Question("number", "How safe is it?", typed={"low": "Not safe", "high": "Very safe"}),
    Question("open", "What would you change?"),
)
QUESTIONS = (*START, *PARK)


def write(page: Page) -> str:
    """Write the survey from nothing, route it and translate it; gives the address of its draft."""
    page.goto(f"{DRAFTS}/new")
    page.get_by_label("Title young people see").fill(TITLE)
    page.locator(".tile:has([name=languages][value=ar]) label").click()
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    draft = page.url
    for title, questions in (("Start", START), ("The park", PARK)):
        add_part(page, title)
        for question in questions:
            add(page, title, question)
    for question in QUESTIONS:
        if question.look_at:
            route(page, question.words, *question.look_at)
    translate(page)
    page.goto(draft)
    return draft


def add_part(page: Page, title: str) -> None:
    page.get_by_role("link", name="Add a part").click()
    page.get_by_label("Short title of this part").fill(title)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=2, name=title)).to_be_visible()


def add(page: Page, part: str, question: Question) -> None:
    page.get_by_role("link", name=f"Add to {part}", exact=True).click()
    page.locator(f"a.card[href$='kind={question.kind}']").click()
    page.get_by_label("What it asks or says").fill(question.words)
    for number, words in enumerate(question.options, 1):
        row = page.get_by_label(f"Option {number}", exact=True)
        if not row.count():
            page.get_by_role("button", name="More rows").click()
        expect(row).to_be_visible()
        row.fill(words)
    for name, words in question.typed.items():
        page.locator(f"[name={name}]").fill(words)
    page.get_by_label("Purpose, for staff").fill("To know what to ask the council for")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".written strong", has_text=question.words)).to_be_visible()


def route(page: Page, words: str, about: str, answer: str) -> None:
    """Show a question only to those who gave this answer to an earlier one."""
    page.locator(".written li", has_text=words).get_by_role("link", name="Who sees it").click()
    box = page.locator("#show_if")
    box.get_by_label("Add: it depends on the answer to").select_option(label=about)
    box.get_by_role("button", name="Go on").click()
    for choice in ("is any of", answer):
        box.locator(".tile label", has_text=choice).first.click()
    box.get_by_role("button", name="Add this").click()
    expect(page.locator("#show_if li")).to_contain_text(answer)
    page.get_by_role("link", name=TITLE, exact=True).click()
    expect(page.get_by_text("Shown when")).to_be_visible()


def translate(page: Page) -> None:
    """Write something Arabic for every text; the words are invented, and say which box they stand in."""
    page.get_by_role("link", name="Translations", exact=True).click()
    todo = page.locator("tbody td a")
    expect(todo.first).to_be_visible()
    for number in range(todo.count()):
        todo.nth(number).click()
        boxes = page.locator("textarea[lang=ar]")
        expect(boxes.first).to_be_visible()
        for place, box in enumerate(boxes.all(), 1):
            box.fill(f"كلمات {place}")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Translations")
    expect(page.locator("tfoot td")).to_have_text("0")
