"""The reading age that is shown while somebody types is the one the server counts, and the editor needs no script."""

from playwright.sync_api import expect

from engage.surveys.rules.reading_age import age_of_words, text_of
from engage.surveys.rules.shipped import CODES, shipped
from tests.phone.conftest import Opens
from tests.phone.walking import sign_in

WRITER = "amara.voice@example.org"
DRAFT = "/desk/surveys/drafts/ways"


def test_the_reading_age_while_typing_is_the_one_that_the_server_counts(opens: Opens) -> None:
    page = sign_in(opens, WRITER)
    page.goto(f"{DRAFT}/items/path_safe")
    texts = [text_of(item) for code in CODES for item in shipped(code).items] + ["", "?!", "2 buses", "Serious; video."]
    counted = page.evaluate("texts => texts.map(readingAge)", texts)
    for text, age in zip(texts, counted, strict=True):
        wanted = age_of_words([text])
        assert age == wanted if wanted is None else abs(age - wanted) < 1e-9, text
    box = page.get_by_label("What it asks or says")
    box.fill("Notwithstanding environmental deterioration, is accessibility satisfactory?")
    expect(page.locator("output").first).to_contain_text("too hard")
    box.fill("Is the path safe?")
    expect(page.locator("output").first).not_to_contain_text("too hard")
