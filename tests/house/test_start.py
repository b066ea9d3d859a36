"""What starting costs: nothing is done that may wait, and nothing loaded is walked through again."""

import gc

from werkzeug.routing import Rule

from engage import Engage, create_app
from tests.conftest import make_settings


def test_no_address_is_compiled_before_a_page_names_it(tmp_path, monkeypatch):
    compiled = counted(monkeypatch)
    app = create_app(make_settings(tmp_path))
    assert not compiled
    with app.test_request_context():
        assert app.url_for("surveys.show", code="youth", part=2) == "/s/youth?part=2"
        assert app.url_for("surveys.show", code="care", part=3) == "/s/care?part=3"
        assert app.url_for("surveys.show", code="care", _anchor="end") == "/s/care#end"
    assert len(compiled) == 1, "once for all who ask"


def test_control_with_the_librarys_own_rules_all_are_compiled_at_the_start(tmp_path, monkeypatch):
    compiled = counted(monkeypatch)
    monkeypatch.setattr(Engage, "url_rule_class", Rule)
    app = create_app(make_settings(tmp_path))
    assert len(compiled) >= 2 * len(list(app.url_map.iter_rules()))


def test_what_is_loaded_is_not_looked_through_again():
    assert gc.isenabled()
    assert gc.get_freeze_count() > 100_000, "objects of the house itself"


def counted(monkeypatch) -> list[str]:
    compiled: list[str] = []
    own = Rule._compile_builder

    def compile_and_count(rule, *how):
        compiled.append(rule.rule)
        return own(rule, *how)

    monkeypatch.setattr(Rule, "_compile_builder", compile_and_count)
    return compiled
