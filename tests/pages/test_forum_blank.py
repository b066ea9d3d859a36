"""The empty form is drawn once for many visitors: each gets their own token, language and nothing of anybody else."""

import re

import pytest
import segno

from engage.forums.views.picture import MASK, QUIET, picture
from tests.forums import forum_now, make_forum
from tests.signing_up import SIXTEEN, sign_up


def token_of(page):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]


def test_every_visitor_has_their_own_token_in_the_same_form(app, database):
    path = f"/forums/{forum_now(make_forum()).slug}/come"
    one, other = (app.test_client().get(path).text for _ in range(2))
    assert token_of(one) != token_of(other)
    assert one.replace(token_of(one), "") == other.replace(token_of(other), "")
    assert not re.search(r"[0-9a-f]{16}-[a-z]+-", one + other)


def test_the_form_is_in_the_language_of_each_visitor(app, database):
    path = f"/forums/{forum_now(make_forum()).slug}/come"
    pages = {code: app.test_client().get(f"{path}?lang={code}").text for code in ("en", "pl", "en")}
    assert '<html lang="pl"' in pages["pl"]
    assert '<html lang="en"' in pages["en"]


def test_a_token_of_the_form_is_taken_when_it_is_sent(visitor):
    path = f"/forums/{forum_now(make_forum()).slug}/come"
    for _ in range(2):
        assert visitor.fill_in(path, first_name="").status_code == 303


def test_a_page_of_ones_own_has_only_what_this_person_told(visitor, app, database):
    slug = forum_now(make_forum()).slug
    people = [SIXTEEN | {"first_name": name, "contact": f"{name}@example.org"} for name in ("Ayo", "B<b>o")]
    people[1] |= {"diet": "<b>no</b> \\1 {nuts}", "access": "", "contact": "bo@example.org"}
    leads = [sign_up(visitor, slug, person).headers["Location"] for person in people]
    pages = [visitor.get(lead).text for lead in leads]
    for lead, other, page in zip(leads, reversed(leads), pages, strict=True):
        assert page.count(lead.rpartition("/")[2]) >= 4
        assert other.rpartition("/")[2] not in page
        assert not re.search(r"[0-9a-f]{16}-[a-z]+-", page)
    assert "B&lt;b&gt;o" in pages[1]
    assert "&lt;b&gt;no&lt;/b&gt; \\1 {nuts}" in pages[1]
    assert ("What helps you take part" in pages[0], "What helps you take part" in pages[1]) == (True, False)
    passes = [re.search(r'src="(data:image[^"]+)"', page)[1] for page in pages]
    assert passes[0] != passes[1]


@pytest.mark.parametrize("word", ["abc", "A", "_-9zZ" * 7, "d9xayAcGMlfhh-c0VpxZdUpTNvNd9xayAcGMlf"])
def test_the_picture_of_a_pass_has_the_modules_of_its_code(word):
    before = "https://engage.example/forums/pass/"
    rows = segno.make(before + word, mode="byte", error="m", micro=False, mask=MASK).matrix
    drawn = [bytearray(len(rows)) for _ in rows]
    for x, y, wide in re.findall(r"M(\d+) (\d+)\.5h(\d+)", picture(before, word)):
        left, top = int(x) - QUIET, int(y) - QUIET
        drawn[top][left : left + int(wide)] = b"\1" * int(wide)
    assert drawn == [bytearray(row) for row in rows]
