"""A small fitted nomogram with its records, for the tests of its displays."""

from types import SimpleNamespace

import numpy as np
import pandas as pd

from living_article.records import Results
from living_article.statistics import cox
from living_article.statistics import nomogram as points
from living_article.statistics.design import Term, design
from living_article.study.model import Provenance
from tests.display.cox_records import AGE, COVARIATES, DEATH

TERMS = (
    Term("arm", "categorical", ("new", "old"), "old"),
    Term("age", "continuous"),
    Term("site", "categorical", ("a", "b", "c"), "a"),
)
LOG_RATIOS = {"arm: new": -0.7, "age": 0.05, "site: b": 0.9, "site: c": -0.02}


EXAMPLE = {"arm": "new", "age": 35, "site": "b"}


def example_study(covariates=COVARIATES):
    """Return what a calculator asks of a study."""
    named = {covariate.id: covariate for covariate in covariates}
    simulated = Provenance("simulated", "Simulated patients")
    return SimpleNamespace(endpoints={DEATH.id: DEATH}, term=named.__getitem__, provenance=simulated)


def patients(n: int = 300) -> pd.DataFrame:
    """Return simulated patients whose hazard follows ``LOG_RATIOS``."""
    rng = np.random.default_rng(3)
    table = pd.DataFrame(
        {"arm": rng.choice(["new", "old"], n), "age": rng.integers(20, 61, n), "site": rng.choice(list("abc"), n)}
    )
    x = design(table, TERMS).matrix
    table["time"] = rng.exponential(20 * np.exp(-(x @ pd.Series(LOG_RATIOS)[list(x)] - 1.5)))
    table["event"] = (table["time"] < 60).astype(int)
    table["time"] = table["time"].clip(upper=60)
    return table


def fitted() -> points.Nomogram:
    """Return the nomogram of a model fitted to `patients`."""
    table = patients()
    whole = design(table, TERMS)
    return points.nomogram(cox.fit(whole.matrix, table["time"], table["event"]), whole)


def records(nomogram: points.Nomogram, *, median: float | None = 18.4) -> Results:
    """Return the records that the tables and sentences need."""
    results = Results("nomogram")
    results.add("points_per_log_hr", endpoint="os", value=nomogram.scale, unit="points")
    for axis in points.ranges(nomogram).itertuples():
        where = {"endpoint": "os", "term": axis.term, "unit": "points"}
        results.add("points_range", value=axis.high - axis.low, low=axis.low, high=axis.high, **where)
        results.add("example_points", value=axis.high / 2, **where)
        if axis.term == AGE.id:
            results.add("points", value=axis.per_unit, **where)
            results.add("observed_range", endpoint="os", term=AGE.id, value=40, low=20, high=60, unit="years")
    for level in nomogram.axes.dropna(subset="level").itertuples():
        results.add("points", endpoint="os", term=f"{level.term}:{level.level}", value=level.points, unit="points")
    results.add("total_points", endpoint="os", value=88.8, unit="points")
    results.add("linear_predictor", endpoint="os", value=-0.25, unit="coefficient")
    results.add("survival_prediction", endpoint="os", horizon=12, value=0.7, low=0.6, high=0.8, unit="proportion")
    results.add(
        "survival_prediction", endpoint="os", horizon=99, note="not estimable: beyond follow-up", unit="proportion"
    )
    note = None if median else "not reached: predicted survival stays above 0.5 during follow-up"
    results.add("median_prediction", endpoint="os", value=median, unit="months", note=note)
    assert [c.id for c in COVARIATES] == [t.name for t in TERMS]
    return results
