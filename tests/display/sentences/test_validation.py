"""Sentences of the validation section: words follow the numbers, blanks become reasons."""

from pathlib import Path

import pytest

from living_article.display.sentences import validation
from living_article.published import load_published
from living_article.records import Record, Results
from living_article.study.model import Endpoint, Provenance

OS = Endpoint("os", "Overall survival", "OS", "t", "e", "months", "death")


@pytest.fixture(scope="module")
def published():
    return load_published(Path(__file__).parents[3] / "data" / "published")


def made(corrected=0.75, slope=(0.6, 0.4, 0.8), failed=0) -> Results:
    results = Results("validation")
    results.add("cindex_apparent", endpoint="os", value=0.8, low=0.75, high=0.85, unit="c-index")
    results.add("cindex_corrected", endpoint="os", value=corrected, unit="c-index")
    results.add("replicates", endpoint="os", value=200, unit="count", method="seed 1")
    note = "separation" if failed else None
    results.add("replicates_failed", endpoint="os", value=failed, unit="count", note=note)
    value, low, high = slope
    results.add("slope_corrected", endpoint="os", value=value, low=low, high=high, unit="slope")
    results.add("ici_corrected", endpoint="os", horizon=12, value=0.05, unit="probability")
    return results


@pytest.mark.parametrize(
    ("corrected", "word"), [(0.75, "lower, 0.750"), (0.82, "higher, 0.820"), (0.8, "the same, 0.800")]
)
def test_discrimination_follows_the_correction(corrected, word):
    assert word in validation.discrimination(OS, made(corrected), 0.05)


def test_replicates_without_a_model_are_not_counted_as_used():
    results = made(failed=3)
    assert "over 197 bootstrap replicates" in validation.discrimination(OS, results, 0.05)
    assert validation.replicates(results) == "200 bootstrap replicates, seed 1, 3 failed (separation)."
    assert "none failed" in validation.replicates(made())


@pytest.mark.parametrize(
    ("slope", "phrase"),
    [
        ((0.6, 0.4, 0.8), "would be too extreme"),
        ((1.4, 1.2, 1.6), "would be not extreme enough"),
        ((0.9, 0.7, 1.1), "below the ideal value 1 but compatible with it"),
        ((1.1, 0.9, 1.3), "above the ideal value 1 but compatible with it"),
        ((1.0, 0.9, 1.1), ", the ideal value"),
    ],
)
def test_calibration_follows_the_slope(slope, phrase):
    text = validation.calibration(OS, made(slope=slope), 0.05)
    assert phrase in text and "5.0 percentage points at 12 months" in text


def decided(*rows) -> Results:
    results = Results("validation")
    for horizon, value, low, high, note in rows:
        results.add(
            "net_benefit_useful",
            endpoint="os",
            horizon=horizon,
            value=value,
            low=low,
            high=high,
            unit="threshold",
            note=note,
        )
    return results


def test_decision_says_ranges_as_they_are(published):
    rows = ((12, 0.3, 0.1, 0.4, None), (36, 0.0, None, None, "at no threshold examined"))
    text = validation.decision(OS, decided(*rows), published)
    assert "0.10 to 0.40 at 12 months and none at 36 months; the article prints 0.1 to 0.8." in text
    assert "prints" not in validation.decision(OS, decided(*rows), None)


def test_decision_says_what_the_correction_leaves():
    results = decided((12, 0.3, 0.1, 0.4, None))
    where = {"endpoint": "os", "horizon": 12, "unit": "threshold"}
    results.add("net_benefit_useful_corrected", value=0.1, low=0.2, high=0.3, **where)
    text = validation.decision(OS, results, None)
    assert text.endswith("0.10 to 0.40 at 12 months; corrected for optimism, 0.20 to 0.30 at 12 months.")


def test_replicates_that_gave_no_net_benefit_are_counted():
    results = Results("validation")
    for horizon, fewest in ((12, 1000), (36, 948)):
        results.add("net_benefit_replicates", endpoint="os", horizon=horizon, value=fewest, unit="count")
    text = validation.net_benefit_replicates(OS, results)
    assert "at least 1000 at 12 months and 948 at 36 months" in text


def test_decision_beyond_follow_up():
    missing = (80, None, None, None, "not estimable: beyond follow-up")
    text = validation.decision(OS, decided((12, 0.3, 0.1, 0.4, None), missing), None)
    assert text.endswith("0.10 to 0.40 at 12 months; at 80 months it is not estimable.")
    assert validation.decision(OS, decided(missing), None).endswith("is not estimable at 80 months.")


def test_printed_test_recomputes_p(published):
    text = validation.printed_test(published)
    assert "P = 0.411, where 0.32 is printed" in text


def made_external(slope=0.9, ratio=(1.5, 1.2, 1.8)) -> Results:
    results = Results("validation")
    results.add("external_patients", endpoint="os", value=120, unit="patients")
    results.add("external_events", endpoint="os", value=90, unit="events")
    results.add("external_events", endpoint="os", horizon=12, value=30, unit="events")
    results.add("external_cindex", endpoint="os", value=0.79, low=0.7, high=0.85, unit="c-index")
    results.add("external_slope", endpoint="os", value=slope, unit="slope", note=None if slope else "not estimable")
    value, low, high = ratio
    results.add("external_observed_expected", endpoint="os", horizon=12, value=value, low=low, high=high, unit="ratio")
    return results


@pytest.mark.parametrize(
    ("ratio", "phrase"),
    [
        ((1.5, 1.2, 1.8), "more events than predicted"),
        ((0.5, 0.3, 0.8), "fewer events than predicted"),
        ((1.1, 0.9, 1.3), "compatible with 1"),
    ],
)
def test_external_follows_observed_to_expected(ratio, phrase):
    text = validation.external(OS, made_external(ratio=ratio), 0.05)
    assert text.startswith("Applied unchanged to the 120 patients (90 events)") and phrase in text


def test_external_without_slope():
    assert validation.external(OS, made_external(slope=None), 0.05).endswith("the calibration slope is not estimable.")


@pytest.mark.parametrize(("p", "verdict"), [(0.01, "finds a difference"), (0.4, "finds no difference")])
def test_calibration_test(p, verdict):
    results = Results("validation")
    results.add("calibration_test", endpoint="os", horizon=12, value=5, p=p, unit="statistic")
    assert verdict in validation.tests(OS, results, 0.05)


def test_warnings_of_one_cohort_share_a_box():
    assert validation.group_warnings("External", ["a", "b", "a"]) == ["External: a; b."]
    assert validation.group_warnings("External", []) == []
    nobody, one = (Record("validation", "left_out", value=number, unit="patients") for number in (0, 1))
    assert validation.dropped("External", nobody) == []
    assert "1 patient with" in validation.dropped("External", one)[0]


@pytest.mark.parametrize("kind", ["patients", "reconstructed", "simulated"])
def test_use_names_the_kind_of_patients(kind):
    text = validation.use(Provenance(kind, "badge"))
    assert {"patients": "observed"}.get(kind, kind) in text and "research" in text
