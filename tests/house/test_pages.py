"""Who may open which page, what it may do, and who hears it."""

from engage.accounts.guards import Who
from engage.accounts.rules import Role
from engage.accounts.signing_in import OPEN_ROUTES
from engage.safeguarding.ear import hears

OPEN_TO_ANYONE = {
    *(
        f"forums.ask_{name}"
        for name in ("adult", "cancel", "cancel_group", "change", "choices", "group", "other_adult", "work", "young")
    ),
    *(f"forums.{name}_{way}" for name in ("check", "review", "send") for way in ("group", "work", "young")),
    *(f"forums.{name}_group" for name in ("accept", "cancel", "decline", "split")),
    *(f"forums.{name}" for name in ("accept", "answer", "cancel", "change", "decline", "keep_choices", "renew")),
    *(f"forums.show_{name}" for name in ("calendar", "consent", "forum", "forums", "group", "invited", "mine", "pass")),
    *(f"forums.{name}" for name in ("forget_typed", "one_more_in_group", "show_again", "withdraw")),
    "forums.agree",
    *(f"following.{name}" for name in ("ask", "ask_confirm", "ask_stop", "confirm", "follow", "stop")),
    *("following.show_asked", "following.show_confirmed"),
    *("forums.ask_certificate", "forums.make_certificate"),
    *(f"comeback.{name}" for name in ("answer", "answer_felt", "ask", "show")),
    *(f"felt.{name}" for name in ("answer_felt", "ask_felt", "show_kept")),
    *("joining.ask", "joining.join"),
    *(f"public.{name}" for name in ("choose_language", "leave", "show_accessibility", "show_cookies", "show_help")),
    *(f"public.{name}" for name in ("show_health", "show_home", "show_privacy", "show_robots")),
    *(f"surveys.{name}" for name in ("arrive", "ask_contact", "ask_words", "delete_mine", "keep_contact", "pause")),
    "surveys.change_mine",
    *(f"surveys.{name}" for name in ("leave_section", "make_room", "open_mine", "save_cards", "send_answers", "show")),
    *("surveys.decline", "surveys.switch"),
    *(f"surveys.show_{name}" for name in ("activity", "contact_kept", "deleted", "pause", "thanks")),
    *(f"youwesaid.show_{name}" for name in ("all_as_json", "as_json", "concern", "concerns", "feed", "wave", "waves")),
    "youwesaid.show_scoreboard",
    *(f"youwesaid.{name}" for name in ("ask_use", "note_use", "show_briefing", "show_briefings", "show_use_kept")),
    *(f"youwesaid.show_{name}" for name in ("all_news", "news")),
    *(f"youwesaid.show_{name}" for name in ("code", "for_schools", "poster", "slide")),
}
NOT_SENT_YET = {
    "surveys.save_cards",
    "surveys.pause",
    "surveys.make_room",
    "surveys.switch",
    "surveys.decline",
}  # a draft is kept and not read: page one says so

ADMINISTRATION = {  # people, roles, agencies, the audit, letters without their words; never content
    *(f"accounts_desk.add_{name}" for name in ("agency", "person")),
    *(f"accounts_desk.{name}" for name in ("close_account", "end_role", "give_first_password", "grant_role")),
    *(f"accounts_desk.{name}" for name in ("end_my_places", "end_place", "end_their_places", "invite")),
    *(f"accounts_desk.show_{name}" for name in ("agencies", "audit", "me", "new_person", "people", "person")),
    *(f"staff_desk.{name}" for name in ("send_again", "show_letters", "show_today")),
}


def routes(app):
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static" and rule.endpoint not in OPEN_ROUTES:
            yield rule, app.view_functions[rule.endpoint]


def test_every_page_says_who_may_open_it(app):
    assert [rule.endpoint for rule, view in routes(app) if not hasattr(view, "open_to")] == []


def test_the_pages_anyone_may_open_are_known(app):
    assert {rule.endpoint for rule, view in routes(app) if Who.ANYONE in view.open_to} == OPEN_TO_ANYONE


def test_staff_pages_lie_under_desk_and_no_other_page_does(app):
    for rule, view in routes(app):
        assert (Who.ANYONE not in view.open_to) == rule.rule.startswith("/desk/"), rule.rule


def test_a_page_reads_or_writes_never_both(app):
    for rule, _ in routes(app):
        assert len(rule.methods - {"HEAD", "OPTIONS"}) == 1, rule.endpoint


def test_every_post_a_child_can_send_is_heard(app):
    for rule, view in routes(app):
        if "POST" in rule.methods and Who.ANYONE in view.open_to:
            assert hears(app, rule.endpoint) or rule.endpoint in NOT_SENT_YET, rule.endpoint


def test_the_administrator_opens_these_pages_and_no_other(app):
    assert {rule.endpoint for rule, view in routes(app) if Role.ADMIN in view.open_to} == ADMINISTRATION
