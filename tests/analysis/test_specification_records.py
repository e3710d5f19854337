import numpy as np
import pandas as pd
import pytest

from living_article.analysis.effects import Effect
from living_article.analysis.specification_records import add_analyses, add_summary, analysis_table
from living_article.analysis.specifications import specifications
from living_article.records import Results
from living_article.study.model import Endpoint
from living_article.study.sensitivity import Adjustment, Patients, Sensitivity

OS = Endpoint("os", "Overall survival", "OS", "time", "event", "months", "death")
PLAN = Sensitivity(
    (Adjustment("a", "Age", ("age",)), Adjustment("n", "Nothing", ())), (), (Patients("All"), Patients("Some"))
)
CHOICES = {"Adjusted for": ["Age", "Nothing"], "Patients": ["All", "Some"], "Ties": ["Efron"]}


@pytest.fixture
def table():
    found = [
        Effect(0.5, 0.3, 0.8, 0.01),
        Effect(0.9, 0.5, 1.6, 0.7),
        Effect(0.5, 0.3, 0.8, 0.01),
        Effect(reason="none"),
    ]
    return analysis_table(specifications(PLAN, [OS], ["Efron"]), found)


def test_one_row_an_analysis_the_first_is_the_default(table):
    assert table["default"].tolist() == [True, False, False, False]
    assert table["Patients"].tolist() == ["All", "Some", "All", "Some"]
    assert np.isnan(table["value"].iloc[3]) and table["reason"].iloc[3] == "none"


def test_records_say_what_was_done(table):
    results = Results("sensitivity")
    add_analyses(results, table, CHOICES)
    last = results.one("analysis", endpoint="os", group="004")
    assert last.value is None and last.note == "none"
    assert results.one("analysis", group="002").method == "Adjusted for: Age; Patients: Some; Ties: Efron"


def test_summary_counts_and_spreads(table):
    results = Results("sensitivity")
    add_summary(results, table, CHOICES, OS, 0.05)
    counts = {
        n: results.one(n).value
        for n in ("analyses", "distinct_analyses", "failed_analyses", "below_one", "significant")
    }
    assert counts == {"analyses": 3, "distinct_analyses": 2, "failed_analyses": 1, "below_one": 3, "significant": 2}
    spread = results.one("hazard_ratios")
    assert (spread.value, spread.low, spread.high) == (0.5, 0.5, 0.9)
    some = results.one("option", term="Patients", group="Some")
    assert (some.value, some.low, some.high) == (0.9, 0.9, 0.9)
    shares = {r.term: r.value for r in results.select("variance_share")}
    assert shares["Patients"] > shares["Adjusted for"] > shares["Ties"] == 0
    assert sum(shares.values()) == pytest.approx(1)


def test_nothing_could_be_fitted(table):
    results = Results("sensitivity")
    nothing = table.assign(value=np.nan, low=np.nan, high=np.nan, p=np.nan)
    add_summary(results, pd.DataFrame(nothing), CHOICES, OS, 0.05)
    assert results.one("hazard_ratios").note == "no analysis could be fitted"
    assert results.one("variance_share", term="Patients").value == 0
