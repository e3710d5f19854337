"""Records: no silent blanks, no duplicates, and back from the file what went into it."""

import json

import numpy as np
import pytest

from living_article.records import Record, Results, read_results, read_spoken, write_results
from living_article.statistics.results import Estimate, HypothesisTest


def test_a_blank_needs_a_reason():
    with pytest.raises(ValueError, match="no value"):
        Record("s", "n")
    with pytest.raises(ValueError, match="no value"):
        Record("s", "n", value=float("nan"))
    assert Record("s", "n", value=float("nan"), note="not estimable").value is None


def test_what_is_missing_is_asked_for_with_its_reason():
    known, missing = Record("s", "n", value=1.5, low=1, high=2), Record("s", "n", low=1, note="not reached")
    assert (known.number, known.interval, missing.interval, missing.reason) == (1.5, (1.0, 2.0), None, "not reached")
    with pytest.raises(ValueError, match="s/n has no value: not reached"):
        _ = missing.number
    with pytest.raises(ValueError, match="does not say why"):
        _ = known.reason


def test_numpy_numbers_become_floats():
    record = Record("s", "n", value=np.float64(1.5), low=np.int64(1), high=np.inf)
    assert type(record.value) is float and type(record.low) is float and record.high is None


def test_the_same_record_twice_is_refused():
    results = Results("s")
    results.add("median", endpoint="os", value=1)
    results.add("median", endpoint="pfs", value=2)
    with pytest.raises(ValueError, match="second record"):
        results.add("median", endpoint="os", value=3)


def test_one_wants_exactly_one():
    results = Results("s")
    results.add("median", endpoint="os", value=1)
    results.add("median", endpoint="pfs", value=2)
    assert results.one("median", endpoint="pfs").value == 2
    with pytest.raises(LookupError, match="2 records"):
        results.one("median")
    with pytest.raises(LookupError, match="0 records"):
        results.one("mean")


def test_estimates_and_tests_become_records():
    results = Results("s")
    results.estimate("rmst", Estimate(None, method="m", reason="not estimable"), unit="months")
    missing = results.one("rmst")
    assert missing.note == "not estimable" and missing.value is None
    results.test("logrank", HypothesisTest("log-rank test", 4.0, 1, 0.045), endpoint="os")
    test = results.one("logrank")
    assert (test.value, test.p, test.method) == (4.0, 0.045, "log-rank test")


def test_written_and_read_back(tmp_path):
    results = Results("survival")
    results.add("median", endpoint="os", group="a", value=1 / 3, low=None, unit="months", method="KM")
    results.add("rmst", horizon=36, note="not estimable")
    path = tmp_path / "survival.json"
    write_results(path, results, study="x", parameters={"alpha": 0.05}, sentences={"a": "B."})
    assert list(read_results(path)) == list(results)
    assert read_spoken(path) == ({"a": "B."}, {"alpha": 0.05})
    assert "null" not in path.read_text()


def test_an_unknown_field_is_refused(tmp_path):
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"section": "x", "records": [{"name": "a", "value": 1, "colour": "red"}]}))
    with pytest.raises(ValueError, match="colour"):
        read_results(path)
