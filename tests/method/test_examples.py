import doctest
import importlib
import pkgutil

import pytest

import engage.analysis.method

OURS = (
    "agreement",
    "change",
    "charts",
    "coding",
    "contrast",
    "emerging",
    "loop",
    "phrases",
    "proportions",
    "records",
    "sentiment",
    "small_numbers",
    "themes",
)
NAMES = [
    module.name
    for module in pkgutil.walk_packages(engage.analysis.method.__path__, "engage.analysis.method.")
    if module.name.split(".")[3] in OURS
]


@pytest.mark.parametrize("name", NAMES)
def test_every_example_runs(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
