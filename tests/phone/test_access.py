"""Every kind of page for everyone: axe finds nothing, nothing scrolls sideways, targets are large enough."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, Response

from engage.pqa.rules.quarters import quarter_named, quarter_of
from engage.shared.clock import today
from tests.phone.conftest import DESK, PHONE, Opens
from tests.phone.walking import press, say_why, sign_in

AXE_SCRIPT = Axe().axe_script
COLOURS = ("color-contrast", "link-in-text-block")  # all that a page in the dark can do wrong beyond a light one
# Styles that colour something only on a wide screen, or only in one language: there are none, so colours are looked at
# on a phone in English, and at a desk and in Arabic all the rest; `make attack` looks at them there too.
OTHER_COLOURS = """() => {
  const coloured = /^--|color|background|opacity|fill|stroke|filter|blend/, found = [];
  const walk = (rules, within) => [...rules].forEach(rule => {
    const here = within || rule instanceof CSSMediaRule && /width|height|orientation/.test(rule.conditionText);
    const only = here || /:dir\\(|:lang\\(|\\[dir|\\[lang/.test(rule.selectorText || "");
    if (only && rule.style && [...rule.style].some(name => coloured.test(name))) found.push(rule.cssText);
    if (rule.cssRules) walk(rule.cssRules, only);
  });
  [...document.styleSheets].forEach(sheet => walk(sheet.cssRules, /width/.test(sheet.media.mediaText)));
  return found;
}"""
NO_PAGE = "/no-such-page"
YOUNG = [
    *("/", "/help", "/privacy", "/cookies", "/accessibility", "/receipt", NO_PAGE, "/sign-in"),
    *("/s/youth", "/s/care", "/s/youth/contact", "/s/youth/mine", "/s/youth/activity", "/you-said-we-did/"),
    *("/you-said-we-did/waves/youth-2026", "/follow/", "/you-said-we-did/dark-path-from-the-station/for-schools"),
    *("/you-said-we-did/dark-path-from-the-station/poster", "/you-said-we-did/dark-path-from-the-station/slide"),
    *("/you-said-we-did/scoreboard", "/you-said-we-did/never-hearing-what-happened"),
    *("/you-said-we-did/dark-path-from-the-station", "/you-said-we-did/a-bus-across-the-borough-at-night"),
    *("/forums/", f"/forums/{today() + timedelta(days=24):%B-%Y}".lower()),  # the first forum of the demo, by its month
]
PACK = quarter_of(today() - timedelta(days=34)).code  # the quarter in which the demo's last survey closed
DESK_PAGES = {
    "amara.voice@example.org": """
        /desk/ /desk/surveys/ /desk/surveys/youth /desk/reading/ /desk/reading/?show=read /desk/themes/ /desk/themes/1
        /desk/coding/ /desk/coding/?subject=wave:youth-2026&second=1 /desk/themes/1/split /desk/frame/ /desk/frame/1
        /desk/frame/differences/wave:youth-2026
        /desk/translations/ /desk/concerns/1/translation/ar /desk/concerns/1/areas
        /desk/felt/ /desk/felt/1 /desk/felt/3 /desk/felt/3/poster /desk/scoreboard /desk/noted/ /desk/noted/1
        /desk/concerns/ /desk/concerns/1 /desk/concerns/new?theme=1 /desk/concerns/1/update /desk/updates/
        /desk/updates/1 /desk/actions/ /desk/actions/1 /desk/results/ /desk/results/youth-2026
        /desk/forums/ /desk/forums/new /desk/forums/1 /desk/forums/1/people /desk/forums/1/people/1
        /desk/forums/1/agencies /desk/forums/1/change /desk/forums/3
        /desk/forums/3/notes /desk/forums/3/after /desk/rereading/ /desk/emerging/ /desk/emerging/3/0 /desk/serious/
        /desk/serious/youth-2026 /desk/surveys/drafts/ /desk/surveys/drafts/new /desk/surveys/versions/
        /desk/surveys/languages/
        /desk/surveys/drafts/ways /desk/surveys/drafts/ways/facts /desk/surveys/drafts/ways/parts/way
        /desk/surveys/drafts/ways/parts/way/items/new /desk/surveys/drafts/ways/items/area_happy
        /desk/surveys/drafts/ways/items/ways_used /desk/surveys/drafts/ways/items/path_safe/delete
        /desk/surveys/drafts/ways/items/why_never/routing?about=ways_used /desk/surveys/drafts/ways/publish
        /desk/surveys/drafts/ways/words /desk/surveys/drafts/ways/words/pl/way /desk/surveys/drafts/ways/walk
    """,
    "casper.door@example.org": "/desk/ /desk/forums/5/door /desk/forums/5/notes",
    "ruth.safeguarding@example.org": """
        /desk/alerts/ /desk/alerts/closed/ /desk/alerts/rota/ /desk/alerts/contacts/ /desk/alerts/help/
    """,
    "helen.pqa@example.org": f"""
        /desk/emerging/ /desk/emerging/3/0 /desk/serious/youth-2026 /desk/results/youth-2026/area_happy
        /desk/results/youth-2026/themes /desk/results/youth-2026/heard /desk/results/youth-2026/files/print
        /desk/packs/ /desk/packs/{PACK} /desk/packs/{PACK}/1 /desk/packs/{PACK}/decide /desk/decisions/
    """,
    "tobi.ambassador@example.org": f"/desk/our-page/ /desk/our-page/{quarter_named(PACK).before.code}",
    "farida.council@example.org": "/desk/actions/ /desk/actions/1",
    "ines.admin@example.org": """
        /desk/people/ /desk/people/1/ /desk/people/new/ /sign-in/passkeys /desk/audit/ /desk/me/ /desk/alerts/
    """,
}
REFUSED = ("ines.admin@example.org", "/desk/alerts/")
TARGETS = "a[href], button, input:not([type=hidden]), select, textarea"
TOO_SMALL = """([targets, smallest]) => [...document.querySelectorAll(targets)].filter(e => {
  const a = e.getBoundingClientRect(), b = ((e.labels && e.labels[0]) || e).getBoundingClientRect();
  const w = Math.max(a.width, b.width), h = Math.max(a.height, b.height);
  const inText = e.tagName === "A" && getComputedStyle(e).display === "inline";
  return w > 0 && h > 0 && !inText && (w < smallest || h < smallest);
}).map(e => e.outerHTML.slice(0, 120))"""
FAULTS = """() => {
  const main = document.querySelector("main");
  main.innerHTML = "<img src=x><button></button><p>pale words</p>";
  main.querySelector("p").style.cssText = "width: 900px; color: #777; background: #888";
  main.querySelector("button").style.cssText = "width: 9px; height: 9px; min-height: 0; padding: 0";
}"""
STYLES = """() => {
  const sheet = document.styleSheets[0];
  sheet.insertRule("@media (min-width: 60rem) { p { color: red } }");
  sheet.insertRule("[dir=rtl] p { background: blue }", 1);
  sheet.insertRule("@media (min-width: 60rem) { :root { --ink: red } }", 2);
  sheet.insertRule(":lang(ar) { & p { opacity: .1 } }", 3);
}"""
SHOW_ALL = "document.querySelectorAll('.card').forEach(one => { one.hidden = false; one.classList.add('on'); })"
# Colours may change in a moment, not at once. What never ends, or begins anew, is not waited for.
SETTLED = """Promise.race([
  Promise.all(document.getAnimations().map(one => one.finished)), new Promise(done => setTimeout(done, 500)),
])"""
SMALLEST_TARGET = 24


def findings(page: Page, *, rules: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> list[str]:
    """What axe finds, by these rules or by all but some; what it does not complain of stays in the browser."""
    if page.evaluate("typeof axe == 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    options: dict[str, object] = {"resultTypes": ["violations"], "rules": {one: {"enabled": False} for one in without}}
    if rules:
        options["runOnly"] = list(rules)
    found = page.evaluate("options => axe.run(options).then(found => found.violations)", options)
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


def too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"))


def small_targets(page: Page) -> list[str]:
    return list(page.evaluate(TOO_SMALL, [TARGETS, SMALLEST_TARGET]))


def look(page: Page, path: str, *, without: tuple[str, ...] = ()) -> None:
    """Look once; once more where the page loaded itself anew meanwhile, as one does while the machine still reads."""
    try:
        look_once(page, path, without)
    except Error as error:
        if "because of a navigation" not in str(error):
            raise
        page.wait_for_load_state()
        look_once(page, path, without)


def look_once(page: Page, path: str, without: tuple[str, ...]) -> None:
    assert findings(page, without=without) == [], path
    assert page.evaluate(OTHER_COLOURS) == [], path
    assert not too_wide(page), path
    assert small_targets(page) == [], path


def opened(page: Page, path: str) -> Response:
    """Go to a page; once more where the page before loaded itself anew in the same moment, and went first."""
    try:
        answer = page.goto(path)
    except Error as error:
        if "ERR_ABORTED" not in str(error):
            raise
        answer = page.goto(path)
    assert answer is not None, path
    return answer


def look_in_each_way(page: Page, path: str, *, status: int = 200) -> None:
    """Load a page once, and look at it on a phone, there in the dark, and at a desk."""
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    assert opened(page, path).status == status, path
    look(page, path)
    page.emulate_media(color_scheme="dark")
    page.evaluate(SETTLED)
    assert findings(page, rules=COLOURS) == [], path
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.evaluate(SETTLED)
    look(page, path, without=COLOURS)


@pytest.fixture(scope="module")
def readers(chromium: Browser, site: str) -> Iterator[dict[str, Page]]:
    """Who reads English and who reads Arabic; to begin anew for each page takes longer than to look at it."""
    contexts = {code: chromium.new_context(base_url=site, locale=code, has_touch=True) for code in ("en", "ar")}
    yield {code: context.new_page() for code, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize("path", YOUNG)
def test_a_page_for_young_people_is_for_everyone(readers: dict[str, Page], path: str) -> None:
    look_in_each_way(readers["en"], path, status=404 if path == NO_PAGE else 200)
    page = readers["ar"]
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(path)
    look(page, path, without=COLOURS)


@pytest.mark.long
@pytest.mark.parametrize("path", YOUNG)
def test_the_colours_of_a_page_for_young_people_are_for_everyone(readers: dict[str, Page], path: str) -> None:
    for language, size, scheme in product(readers, (PHONE, DESK), ("light", "dark")):
        page = readers[language]
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        opened(page, path)
        assert findings(page, rules=COLOURS) == [], (path, language, size, scheme)
        page.emulate_media(color_scheme="light")


@pytest.mark.long
@pytest.mark.parametrize("email", DESK_PAGES)
def test_the_colours_of_a_staff_page_are_for_everyone(opens: Opens, email: str) -> None:
    page = sign_in(opens, email)
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    for path, scheme in product(DESK_PAGES[email].split(), ("light", "dark")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        opened(page, path)
        assert findings(page, rules=COLOURS) == [], (path, scheme)


@pytest.mark.parametrize("email", DESK_PAGES)
def test_a_staff_page_is_for_everyone(opens: Opens, email: str) -> None:
    page = sign_in(opens, email)
    for path in DESK_PAGES[email].split():
        look_in_each_way(page, path, status=403 if (email, path) == REFUSED else 200)


def test_an_alert_is_for_everyone(opens: Opens) -> None:
    page = sign_in(opens, "ruth.safeguarding@example.org")
    page.goto("/desk/alerts/")
    number = page.locator(".button", has_text="Open alert").first.inner_text().removeprefix("Open alert ")
    look_in_each_way(page, f"/desk/alerts/{number}/")
    page.goto("/desk/alerts/")
    press(page, f"Open alert {number}")
    say_why(page)
    assert page.url.endswith(f"/desk/alerts/{number}/")
    look(page, "an open alert")


def test_the_rise_that_is_looked_at_is_the_one_of_the_demo(opens: Opens) -> None:
    page = sign_in(opens, "helen.pqa@example.org")
    page.goto("/desk/emerging/")
    page.click(".queue h3 a")
    assert page.url.endswith("/desk/emerging/3/0")


def test_the_page_of_the_few_is_for_everyone_once_it_is_opened(opens: Opens) -> None:
    page = sign_in(opens, "ruth.safeguarding@example.org")
    page.goto("/desk/serious/youth-2026")
    if not page.locator("select[name=reason]").count():
        page.click(".restricted button")
    say_why(page)
    page.wait_for_selector("text=who answered: likely")
    for one in page.locator("details > summary").all():
        one.click()
    for size in ({"width": 360, "height": 740}, {"width": 1280, "height": 800}):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert findings(page) == []
        assert not too_wide(page)
        assert small_targets(page) == []


def test_a_page_with_faults_is_noticed(opens: Opens) -> None:
    page = opens("/help")
    page.evaluate(FAULTS)
    assert findings(page)
    assert [one.split(":")[0] for one in findings(page, rules=COLOURS)] == ["color-contrast"]
    assert [one for one in findings(page, without=COLOURS) if one.startswith(COLOURS)] == []
    page.evaluate(STYLES)
    assert [rule.split(" {")[0] for rule in page.evaluate(OTHER_COLOURS)] == ["p", '[dir="rtl"] p', ":root", "& p"]
    assert too_wide(page)
    assert small_targets(page)


def test_every_card_of_the_survey_is_for_everyone(opens: Opens) -> None:
    page = opens("/s/youth")
    page.evaluate(SHOW_ALL)
    assert findings(page) == []
