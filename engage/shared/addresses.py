"""Addresses whose builders are compiled when a page first names them, not all of them at every start."""

from collections.abc import Callable
from functools import cache, partial

from typing_extensions import override
from werkzeug.routing import Rule


class LateRule(Rule):
    """One address, as the library has it; five hundred of them take a fifth of a second, and a command needs none."""

    @override
    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled = cache(partial(super()._compile_builder, append_unknown))

        def build(rule: Rule, **values: object) -> tuple[str, str]:
            return compiled()(rule, **values)

        return build
