"""Tables of the validation section: printed beside recomputed, reasons instead of blanks, no article no column."""

from pathlib import Path

import pytest

from living_article.display.tables import validation
from living_article.published import load_published
from living_article.records import Results
from living_article.study.model import Endpoint

OS = Endpoint("os", "Overall survival", "OS", "t", "e", "months", "death")
STAGES = ("apparent", "training", "test", "optimism", "corrected")


@pytest.fixture(scope="module")
def published():
    return load_published(Path(__file__).parents[3] / "data" / "published")


def records(horizons=(12.0, 36.0)) -> Results:
    results = Results("validation")
    for stage in STAGES:
        results.add(f"cindex_{stage}", endpoint="os", value=0.7, low=0.6, high=0.8, unit="c-index")
        results.add(f"slope_{stage}", endpoint="os", value=0.5, unit="slope")
    results.add("external_cindex", endpoint="os", value=0.71, low=0.66, high=0.76, unit="c-index")
    results.add("external_slope", endpoint="os", note="not estimable: no events", unit="slope")
    for horizon in horizons:
        where = {"endpoint": "os", "horizon": horizon}
        for name in ("auc", "brier", "brier_scaled", "ici"):
            for stage in STAGES:
                results.add(f"{name}_{stage}", value=0.2, unit=name if name != "ici" else "probability", **where)
            results.add(f"external_{name}", note="not estimable: beyond follow-up", **where)
        for quantity in ("mean", "q90"):
            results.add(f"calibration_error_{quantity}_corrected", value=0.05, unit="probability", **where)
        results.add("external_observed_expected", value=1.1, low=0.9, high=1.3, unit="ratio", **where)
        results.add("net_benefit_useful_corrected", value=0.3, low=0.3, high=0.5, unit="threshold", **where)
        results.add("net_benefit_positive_corrected", value=0.8, low=0.1, high=0.9, unit="threshold", **where)
        for prefix in ("", "external_"):
            results.add(f"{prefix}calibration_test", value=4.0, p=0.4, unit="statistic", **where)
            results.add(f"{prefix}calibration_test_df", value=4, unit="count", **where)
            results.add(f"{prefix}net_benefit_useful", value=0.4, low=0.2, high=0.6, unit="threshold", **where)
            results.add(f"{prefix}net_benefit_positive", value=0, unit="threshold", note="at no threshold", **where)
    return results


def test_verification_puts_the_printed_number_first(published):
    frame = validation.verification(OS, (12.0, 36.0), records(), published, 0.1)
    assert list(frame.columns) == ["Printed", "Apparent (90% CI)", "Corrected (90% CI)"]
    assert list(frame.loc["C-index"]) == ["0.80 (0.78 to 0.82)", "0.700 (0.600 to 0.800)", "0.700 (0.600 to 0.800)"]
    assert frame.loc["Calibration slope", "Printed"] == "0.95 (0.90 to 1.05)"
    assert frame.loc["Time-dependent AUC (12 months)", "Printed"] == "0.79"
    assert frame.loc["Brier score (36 months)", "Printed"] == "0.15"


def test_a_horizon_the_article_does_not_print(published):
    frame = validation.verification(OS, (24.0,), records((24.0,)), published, 0.05)
    assert frame.loc["Time-dependent AUC (24 months)", "Printed"] == "not printed"


def test_internal_stands_beside_hosmer_lemeshow(published):
    frame = validation.internal(OS, (12.0, 36.0), records(), published, 0.05)
    test = frame.loc["Calibration test (36 months)"]
    assert list(test) == ["χ² = 8.23, 8 df, P = 0.32 (Hosmer–Lemeshow)", "χ² = 4.00, 4 df, P = 0.400"]
    useful = frame.loc["Thresholds with net benefit above treat all and treat none (12 months)"]
    assert list(useful) == ["0.1 to 0.8", "0.20 to 0.60"]
    assert frame.loc["Thresholds with net benefit above 0 (12 months)"].iloc[1] == "at no threshold"
    corrected = frame.loc["Thresholds with net benefit above treat all and treat none, corrected (12 months)"]
    assert list(corrected) == ["not printed", "0.30 to 0.50"]


def test_external(published):
    frame = validation.external(OS, (12.0,), records((12.0,)), published, 0.05)
    assert list(frame.loc["C-index"]) == ["0.79 (0.72 to 0.85)", "0.710 (0.660 to 0.760)"]
    assert list(frame.loc["Calibration slope"]) == ["0.92 (0.81 to 1.03)", "not estimable: no events"]
    assert frame.loc["Thresholds with net benefit above 0 (12 months)", "Printed"] == "0.15 to 0.85"


@pytest.mark.parametrize("table", [validation.verification, validation.internal, validation.external])
def test_without_an_article_there_is_no_printed_column(table, published):
    with_article = table(OS, (12.0,), records((12.0,)), published, 0.05)
    without = table(OS, (12.0,), records((12.0,)), None, 0.05)
    assert list(without.columns) == list(with_article.columns)[1:]
    assert not without.isna().any().any()


def test_optimism_has_the_columns_of_rms_validate():
    frame = validation.optimism(OS, (12.0,), records((12.0,)))
    assert list(frame.columns) == ["Apparent", "Training", "Test", "Optimism", "Corrected"]
    assert frame.loc["Calibration slope", "Corrected"] == "0.50"


def test_several_runs_of_thresholds_are_all_shown():
    results = Results("validation")
    results.add("x", value=0.3, low=0.1, high=0.3, unit="threshold", note="0.10 to 0.30 and 0.50 to 0.60")
    record = results.one("x")
    assert validation.threshold_range(record) == "0.10 to 0.30 and 0.50 to 0.60"
    results.add("y", unit="threshold", note="not estimable: beyond follow-up")
    nothing = results.one("y")
    assert validation.threshold_range(nothing) == "not estimable: beyond follow-up"
