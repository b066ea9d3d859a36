"""Which findings are shown is a rule: changes first, then most and fewest by turns, of different sections."""

from engage.youwesaid.rules.findings import Candidate, chosen, tenths


def plain(item: str, section: str, share: float) -> Candidate:
    return Candidate(item, section, share, "no clear change", 0.01)


def test_what_changed_comes_first_and_no_section_twice():
    found = chosen(
        [
            plain("parks", "area", 0.9), plain("night", "safe", 0.2),
            Candidate("day", "safe", 0.7, "down", -0.10), Candidate("dark", "safe", 0.3, "down", -0.20),
            Candidate("heard", "being", 0.5, "up", 0.05), plain("sleep", "well", 0.4), plain("adult", "people", 0.8),
        ]
    )  # fmt: skip
    assert [(one.item, why) for one, why in found] == [
        ("dark", "changed"), ("heard", "changed"), ("parks", "most"), ("sleep", "fewest"),
    ]  # fmt: skip


def test_with_few_questions_there_are_few_findings_and_none_twice():
    assert chosen([]) == []
    found = chosen([plain("a", "one", 0.9), plain("b", "one", 0.1)])
    assert [(one.item, why) for one, why in found] == [("a", "most"), ("b", "fewest")]


def test_shares_are_drawn_as_the_nearest_of_ten_people():
    assert [tenths(share) for share in (0.0, 0.04, 0.05, 0.649, 0.65, 0.96, 1.0)] == [0, 0, 1, 6, 7, 10, 10]
