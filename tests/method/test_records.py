import json
import subprocess
import sys

import pytest

from engage.analysis.method.change import compare
from engage.analysis.method.charts import bar
from engage.analysis.method.loop import time_to
from engage.analysis.method.proportions import published
from engage.analysis.method.records import Interval, Proportion, Protected, Theme
from engage.analysis.method.small_numbers import audit, protect

SAFE = protect({"yes": {"a": 61, "b": 40}, "no": {"a": 33, "b": 3}})


@pytest.mark.parametrize(
    "record",
    [
        SAFE,
        audit(SAFE),
        bar(SAFE),
        compare(published(60, 500), published(70, 500), key="involves"),
        compare(None, published(70, 500)),
        time_to([(10, True), (30, False)]),
        Theme(1, ("bus",), ("late bus",), ("The bus is late",), 12, 0.8, (4,)),
    ],
)
def test_a_record_comes_back_equal_from_the_json_that_the_database_keeps(record):
    assert type(record).from_json(json.loads(json.dumps(record.to_json()))) == record


def test_a_record_with_a_part_missing_is_refused():
    with pytest.raises(KeyError):
        Protected.from_json({"of": "wave"})


def test_what_pages_import_loads_no_heavy_library():
    modules = "records, loop, change, proportions"
    heavy = "('numpy', 'scipy', 'sklearn', 'nltk', 'matplotlib')"
    code = f"import sys\nfrom engage.analysis.method import {modules}\nprint([m for m in {heavy} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_mirrored_chart_mirrored_again_is_the_same():
    chart = bar(SAFE)
    assert chart.mirrored() != chart
    assert chart.mirrored().mirrored() == chart


def test_where_a_share_likely_lies_is_said_in_whole_per_cent():
    assert Proportion(25, 305, Interval(0.0561, 0.1184)).likely == (6, 12)
    assert Proportion(20, 20, Interval(0.8389, None)).likely == (84, 100)
