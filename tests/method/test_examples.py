"""Every module of the library is shown at work: the examples in its docstrings run."""

import doctest
import importlib
import inspect
import pkgutil

import pytest

import engage.analysis.method

NAMES = [module.name for module in pkgutil.walk_packages(engage.analysis.method.__path__, "engage.analysis.method.")]
# What the contract of the library names, and so what others import.
CONTRACT = {
    "redaction": ["redact"],
    "screening": ["Screen"],
    "themes": ["ThemeFinder"],
    "coding": ["ThemeCoder"],
    "agreement": ["alpha"],
    "emerging": ["emerging"],
    "change": ["compare", "family", "ranks"],
    "contrast": ["contrast"],
    "small_numbers": ["protect", "audit"],
    "loop": ["time_to"],
    "sentiment": ["Sentiment"],
    "charts": ["bar", "trend", "likert", "themes"],
}


@pytest.mark.parametrize("name", NAMES)
def test_every_example_runs(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize(("module", "name"), [(module, name) for module, names in CONTRACT.items() for name in names])
def test_everything_others_import_has_an_example(module, name):
    public = getattr(importlib.import_module(f"engage.analysis.method.{module}"), name)
    asked = [public]
    if inspect.isclass(public):
        own = vars(public).items()
        asked += [made for called, made in own if not called.startswith("_") and callable(made)]
    assert [one for one in asked if ">>>" not in (inspect.getdoc(one) or "")] == []
