"""Hosmer-Lemeshow P against χ² and degrees of freedom."""

import pytest
from scipy.stats import chi2

from living_article.audit.checks.calibration_test import degrees_for

GIVEN = {
    "check": "calibration_test.p", "printed": "s p", "inputs": "df=8", "methods": "chi2",
    "alternatives": "chi2_df_less_2 chi2_df_more_2", "agreement": "inputs",
}  # fmt: skip


@pytest.mark.parametrize(
    ("p", "verdict"),
    [
        ("0.41", "reproduces"),
        ("0.32", "internally inconsistent"),
        ("0.61", "reproduces only with χ² with 10 degrees of freedom"),
        ("0.22", "reproduces only with χ² with 6 degrees of freedom"),
    ],
)
def test_each_convention_for_the_degrees_of_freedom_is_named(judged, p, verdict):
    outcome, found = judged({"s": "8.23", "p": p}, **GIVEN)
    assert found == verdict


def test_the_degrees_of_freedom_of_a_pair_are_told(judged):
    assert chi2.sf(8.23, degrees_for(8.23, 0.32)) == pytest.approx(0.32)
    outcome, _ = judged({"s": "8.23", "p": "0.32"}, **GIVEN)
    assert "belongs to 7.08 degrees of freedom" in outcome.working[1]
