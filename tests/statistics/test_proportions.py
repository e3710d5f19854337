import json
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom

from living_article.statistics.contingency import fisher
from living_article.statistics.proportions import boschloo, proportion, risk_difference

REFERENCE = json.loads((Path(__file__).parents[1] / "oracle" / "proportions.json").read_text())


@pytest.mark.parametrize("wanted", REFERENCE["one"])
@pytest.mark.parametrize("interval", ["clopper-pearson", "wilson"])
def test_intervals_equal_r(wanted, interval):
    found = proportion(wanted["events"], wanted["total"], interval=interval, conf_level=wanted["conf_level"])
    limits = wanted[interval.replace("-", "_")]
    # SciPy's root finder stops at 2e-12 absolute; R's Wilson limit of 0 events is 1e-17 instead of 0.
    assert [found.low, found.high] == pytest.approx(limits, rel=1e-8, abs=1e-11)
    assert found.value == wanted["events"] / wanted["total"]


@pytest.mark.parametrize("wanted", REFERENCE["difference"])
def test_newcombe_equals_r(wanted):
    found = risk_difference(wanted["events"], wanted["total"], wanted["other_events"], wanted["other_total"])
    for number in ("value", "low", "high"):
        assert getattr(found, number) == pytest.approx(wanted[number], rel=1e-8, abs=1e-12)


@pytest.mark.parametrize(
    ("counts", "printed"),
    [((56, 70, 48, 80), (0.0524, 0.3339)), ((9, 10, 3, 10), (0.1705, 0.8090)), ((10, 10, 0, 10), (0.6075, 1.0))],
)
def test_newcombe_as_printed(counts, printed):
    """Newcombe (1998), Table II, method 10."""
    found = risk_difference(*counts)
    assert (round(found.low, 4), round(found.high, 4)) == printed


def test_boschloo_is_the_largest_tail_over_the_common_risk():
    """Fisher's one-sided P orders the tables; the supremum of their probability, on a fine grid."""
    observed = boschloo(7, 12, 1, 12)
    counts = [(a, b) for a in range(13) for b in range(13)]

    def fisher_p(a, b):
        return 1.0 if a + b in (0, 24) else fisher([[a, 12 - a], [b, 12 - b]]).p

    limit = fisher_p(7, 1) * (1 + 1e-7)
    extreme = [(a, b) for a, b in counts if fisher_p(a, b) <= limit]
    risks = np.linspace(0.001, 0.999, 999)
    total = sum(binom.pmf(a, 12, risks) * binom.pmf(b, 12, risks) for a, b in extreme)
    assert observed.p == pytest.approx(total.max(), rel=1e-3)
    assert observed.p < fisher_p(7, 1)


def test_no_event_in_either_arm():
    assert "no patient" in boschloo(0, 55, 0, 40).reason
    found = risk_difference(0, 55, 0, 40)
    assert found.value == 0
    assert found.low < 0 < found.high


@pytest.mark.parametrize("counts", [(1, 0), (3, 2), (-1, 5), (1.5, 4)])
def test_impossible_counts(counts):
    with pytest.raises(ValueError, match="not a proportion"):
        proportion(*counts)


def test_unknown_interval_or_level():
    with pytest.raises(ValueError, match="not one of"):
        proportion(1, 2, interval="wald")
    with pytest.raises(ValueError, match="confidence level"):
        proportion(1, 2, conf_level=95)
