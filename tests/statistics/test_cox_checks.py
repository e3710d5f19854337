import numpy as np
import pandas as pd
import pytest

from living_article.statistics import batched_cox, bootstrap, cox
from living_article.statistics import cox_checks as checks
from living_article.statistics.design import Term, design

GROUP = Term("group", "categorical", ("b", "a"), "a")


def of_groups(groups, **numbers):
    terms = [GROUP, *(Term(name, "continuous") for name in numbers)]
    return design(pd.DataFrame({"group": groups, **numbers}), terms)


@pytest.mark.parametrize("name", ["lung", "lung_tied", "veteran", "cohort_os", "cohort_pfs"])
def test_variance_inflation_equals_rms(case, oracle, close, name):
    rows = case(name)
    found = checks.variance_inflation(cox.fit(rows.design.matrix, rows.time, rows.event))
    close(found["vif"], oracle("cox")["models"][name]["vif"])


@pytest.mark.parametrize(("events", "warned"), [(55, 0), (54, 1)])
def test_fewer_than_five_events_per_variable_are_warned_of(events, warned):
    found = checks.events_per_variable(np.repeat([1, 0], [events, 40]), 11)
    assert found.value == events / 11
    assert len(found.warnings) == warned


def test_no_covariates_have_a_reason():
    assert checks.events_per_variable([1, 0], 0).value is None


def test_levels_are_counted_with_the_reference():
    found = checks.level_counts(of_groups(["a", "a", "b", "b", "b"]), [1, 0, 1, 1, 0])
    assert found.to_dict("records") == [
        {"term": "group", "level": "b", "n": 3, "events": 2},
        {"term": "group", "level": "a", "n": 2, "events": 1},
    ]


def test_level_without_events_is_counted_and_found():
    time, event = np.arange(1.0, 9.0), [1, 1, 1, 0, 1, 0, 0, 0]
    data = of_groups(["a", "a", "a", "a", "a", "b", "b", "b"])
    assert checks.level_counts(data, event).set_index("level")["events"].to_dict() == {"b": 0, "a": 4}
    assert checks.monotone_columns(data.matrix, time, event) == ["group: b"]


def test_monotone_likelihood_is_found_though_every_level_has_events():
    draw = np.random.default_rng(1)
    data = of_groups(["b"] * 3 + ["a"] * 9, age=draw.normal(size=12))
    time, event = np.arange(1.0, 13.0), np.ones(12, int)
    assert checks.monotone_columns(data.matrix, time, event) == ["group: b"]
    assert checks.level_counts(data, event)["events"].min() > 0
    with pytest.raises(cox.FitError, match="infinite"):
        cox.fit(data.matrix, time, event)


def test_monotone_combination_of_columns_is_found():
    x = pd.DataFrame({"first": [3.0, 1.0, 2.5, 0.0, 1.0], "second": [0.0, 1.5, -1.5, 0.5, -1.5]})
    assert set(checks.monotone_columns(x, [1, 2, 3, 4, 5], [1] * 5)) == {"first", "second"}
    for column in x:
        assert checks.monotone_columns(x[[column]], [1, 2, 3, 4, 5], [1] * 5) == []


def test_programme_agrees_with_diverging_newton_steps(case):
    """Both ways to find an infinite estimate, on many small resamples of few patients."""
    rows = case("veteran").part(np.arange(0, 137, 6))
    x = rows.design.matrix[["trt: 2", "karno", "prior: 10"]]
    drawn = bootstrap.indices(len(rows.time), 150, 3)
    status = batched_cox.fit_replicates(x, rows.time, rows.event, bootstrap.counts(drawn)).status
    varied = [(x.iloc[d].nunique() > 1).all() for d in drawn]
    for index, fitted, usable in zip(drawn, status, varied, strict=True):
        if not usable:
            assert fitted == batched_cox.SINGULAR
            continue
        monotone = checks.monotone_columns(x.iloc[index], rows.time[index], rows.event[index])
        assert bool(monotone) == (fitted == batched_cox.INFINITE)


def test_shipped_cohort_has_a_maximum(case):
    rows = case("cohort_os")
    assert checks.monotone_columns(rows.design.matrix, rows.time, rows.event) == []
    assert checks.events_per_variable(rows.event, 11).warnings == ()


def test_of_one_column_it_is_told_without_a_programme():
    random, seen = np.random.default_rng(8), set()
    for _ in range(300):
        n = int(random.integers(3, 7))
        x = pd.DataFrame({"x": random.integers(0, 3, n).astype(float)})
        time, event = random.integers(1, 5, n).astype(float), random.integers(0, 2, n)
        found = checks.monotone_columns(x, time, event)
        twice = x.assign(noise=0.0)  # a column that says nothing is passed over
        assert checks.monotone_columns(twice, time, event) == found
        if event.any() and x["x"].nunique() > 1:
            status = batched_cox.fit_replicates(x, time, event, np.ones((1, n))).status[0]
            assert bool(found) == (status == batched_cox.INFINITE)
            seen.add(int(status))
    assert {batched_cox.FITTED, batched_cox.INFINITE, batched_cox.SINGULAR} <= seen
