"""Tables of the survival section: one row for each endpoint and arm, reasons instead of blanks."""

from living_article.display.tables import survival
from living_article.records import Results
from living_article.study.model import Arm, Arms, Endpoint

ARMS = Arms("arm", Arm("new", "New drug", "New", "New"), Arm("old", "Old drug", "Old", "Old"))
OS = Endpoint("os", "Overall survival", "OS", "t", "e", "months", "death")


def records() -> Results:
    results = Results("survival")
    for group in ("new", "old"):
        where = {"endpoint": "os", "group": group}
        results.add("patients", value=30, unit="patients", **where)
        results.add("events", value=20, unit="events", **where)
        results.add("median", value=10, low=8, high=None, unit="months", **where)
        results.add("follow_up", note="not reached: too few patients are censored", unit="months", **where)
        results.add("milestone", horizon=60, note="not estimable: beyond follow-up", unit="proportion", **where)
        results.add("rmst", horizon=36, value=20, low=18, high=22, unit="months", **where)
    results.add("milestone_difference", endpoint="os", horizon=60, note="not estimable: beyond follow-up")
    results.add("rmst_difference", endpoint="os", horizon=36, value=5, low=1, high=9, p=0.01, unit="months")
    results.add("hazard_ratio", endpoint="os", value=0.5, low=0.3, high=0.8, unit="hazard ratio")
    results.add("logrank", endpoint="os", value=7.9, p=0.005, unit="statistic")
    results.add("proportional_hazards", endpoint="os", value=0.1, p=0.8, unit="statistic")
    return results


def test_summary():
    frame = survival.summary(ARMS, [OS], records(), 0.1, None)
    assert list(frame.index) == ["OS: New drug", "OS: Old drug"]
    assert "Median, months (90% CI)" in frame.columns
    assert frame.iloc[0, 2] == "10.0 (8.0 to not reached)"
    assert frame.iloc[0, 3].startswith("not reached")


def test_comparison():
    frame = survival.comparison([OS], records(), 0.05, None)
    assert list(frame.loc["Overall survival"]) == ["0.500 (0.300 to 0.800)", "7.900", "0.005", "0.800"]


def test_milestones_beyond_follow_up_are_named():
    frame = survival.milestones(ARMS, [OS], records(), 0.05)
    assert (frame.loc["OS, survival at 60 months, %"] == "not estimable: beyond follow-up").all()
    assert list(frame.loc["OS, restricted mean to 36 months"])[2:] == ["5.0 (1.0 to 9.0)", "0.010"]
