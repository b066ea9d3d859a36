"""One journey on a phone: from a survey to "we did", and back to whoever said it."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.phone.conftest import Opens
from tests.phone.walking import fill_in_survey, press, reload_until, say_why, sign_in

SOON = (date.today() + timedelta(days=40)).isoformat()  # noqa: DTZ011  (the server's own day, give or take)


@pytest.mark.parametrize(("language", "script"), [("en", True), ("ar", False)], ids=["english", "arabic-no-script"])
def test_what_a_young_person_says_comes_back_to_them(opens: Opens, language: str, *, script: bool) -> None:
    mark = f"{language}{'' if script else ' plain'}"
    path = f"the path behind the {mark} library is so dark, put lights there"
    words = send_survey(
        opens, language, script=script, said={"area_change": path, "anything_new": "my stepdad hits me"}
    )
    message = f"We read what you wrote ({mark}). Can you tell us more?"
    answer_alert(opens, message)
    theme = f"Lights by the {mark} library"
    title = f"Dark path by the {mark} library"
    propose(opens, path, theme, title)
    act(opens, title)
    publish(opens, title)

    public = opens("/you-said-we-did/", script=script, language=language)
    public.get_by_role("link", name=title).click()
    expect(public.get_by_text("Six lights are on")).to_be_visible()

    back = opens("/receipt", script=script, language=language)
    back.locator("input[name=words]").fill(" ".join(words))
    back.locator("main form button[type=submit]").first.click()
    expect(back.get_by_text(title)).to_be_visible()
    expect(back.get_by_text(message)).to_be_visible()
    assert "stepdad" not in back.content()
    back.locator("textarea").first.fill("yes but not by phone")
    back.locator("main form:has(textarea) button[type=submit]").click()
    expect(back.get_by_text("yes but not by phone")).to_be_visible()


def send_survey(opens: Opens, language: str, *, script: bool, said: dict[str, str]) -> list[str]:
    page = opens("/s/youth", script=script, language=language)
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    fill_in_survey(page, said)
    page.locator("#send").click()
    page.wait_for_url("**/thanks")
    words = page.locator("#words li").all_inner_texts()
    assert len(words) == 4
    return words


def answer_alert(opens: Opens, message: str) -> None:
    page = sign_in(opens, "ruth.safeguarding@example.org")
    page.goto("/desk/alerts/")
    page.locator("li.card", has_text="To read").locator(".button", has_text=re.compile("Open alert")).last.click()
    say_why(page)
    expect(page.get_by_text("my stepdad hits me")).to_be_visible()
    press(page, "I am looking into this")
    page.locator("form[action$='/messages'] textarea").fill(message)
    press(page, "Leave this message")
    expect(page.get_by_text(message)).to_be_visible()
    page.locator("input[name=outcome]").first.check(force=True)
    page.locator("form[action$='/close'] textarea").fill("Spoken to the school's safeguarding lead")
    press(page, "Close the alert")
    expect(page.get_by_text(re.compile("^Closed:"))).to_be_visible()


def propose(opens: Opens, said: str, theme: str, title: str) -> None:
    page = sign_in(opens, "amara.voice@example.org")
    page.goto("/desk/themes/")
    open_details(page, "form[action$='/themes/new']")
    page.locator("form[action$='/themes/new'] input[name=name]").fill(theme)
    page.locator("form[action$='/themes/new'] button").click()
    page.goto("/desk/reading/?subject=wave:youth&item=area_change")  # the whole queue is longer than a page
    reload_until(page, said)
    page.locator("li.card", has_text=said).get_by_role("link", name=re.compile("^Open")).click()
    page.locator("form:has(select[name=theme]) select").select_option(label=theme)
    press(page, "Put it on")
    press(page, "Read")
    page.goto("/desk/themes/")
    page.get_by_role("link", name=theme, exact=True).first.click()
    press(page, "Turn into a concern")
    page.locator("input[name=title]").fill(title)
    page.locator("textarea[name=you_said]").fill("You told us that the path is dark and you go the long way round.")
    page.locator("select[name=topic]").select_option("travel")
    page.locator("input[name=promised_on]").fill(SOON)
    press(page, "Propose to the panel")
    expect(page.get_by_text("Proposed.")).to_be_visible()


def act(opens: Opens, title: str) -> None:
    panel = concern_page(opens, "helen.pqa@example.org", title)
    press(panel, "Agree: we have heard this")
    team = concern_page(opens, "amara.voice@example.org", title)
    open_details(team, "form[action$='/ask']")
    team.locator("select[name=agency_id]").select_option(label="Council: Family Services")
    team.locator("textarea[name=what]").fill(f"Lights for: {title}")
    press(team, "Ask")

    council = sign_in(opens, "farida.council@example.org")
    council.goto("/desk/actions/")
    press(council, f"Lights for: {title}")
    council.locator("select[name=owner_id]").select_option(index=0)
    council.locator("input[name=due_on]").fill(SOON)
    press(council, "Agree")
    council.locator("textarea[name=evidence]").fill("Six lights are on since Monday; photographs kept")
    press(council, "Say it's done")

    police = sign_in(opens, "dominic.pqa@example.org")
    police.goto("/desk/actions/")
    press(police, f"Lights for: {title}")
    press(police, "Agree that it is done")
    expect(police.get_by_text("Agreed: it is done.")).to_be_visible()


def publish(opens: Opens, title: str) -> None:
    team = concern_page(opens, "amara.voice@example.org", title)
    press(team, "Write an update")
    team.locator("textarea[name=we_did]").fill("Six lights are on, since Monday.")
    press(team, "Hand it to a fact-checker")
    address = team.url
    for email, words in (
        ("helen.pqa@example.org", "The facts are right"),
        ("tobi.ambassador@example.org", "Approve these words"),
        ("leyla.ambassador@example.org", "Approve these words"),
    ):
        page = sign_in(opens, email)
        page.goto(address)
        press(page, words)
    team.goto(address)
    press(team, "Publish")
    expect(team.get_by_text("It is on the public page now")).to_be_visible()


def concern_page(opens: Opens, email: str, title: str) -> Page:
    page = sign_in(opens, email)
    page.goto("/desk/concerns/")
    page.get_by_role("link", name=title, exact=True).click()
    return page


def open_details(page: Page, inside: str) -> None:
    page.locator(f"details:not([open]):has({inside}) > summary").first.click()
