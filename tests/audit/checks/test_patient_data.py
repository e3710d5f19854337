"""What can be said without patients."""

import math

import numpy as np
import pytest

from living_article.audit.checks.patient_data import exponential_p
from living_article.statistics.results import two_sided_p


def test_needed_says_so(judged):
    row = {"check": "patient_data.needed", "printed": "a", "agreement": "none", "note": "It needs the patients."}
    assert judged({"a": "1"}, **row)[1] == "needs patient data"


def test_exponential_p_by_hand_and_by_simulation():
    z = math.log(14 / 22) / math.sqrt(1 / 55 + 1 / 40)
    assert exponential_p((22, 14), (55, 40)) == pytest.approx(two_sided_p(z)) == pytest.approx(0.0297, abs=1e-4)
    rng = np.random.default_rng(1)
    means = [rng.exponential(m / math.log(2), (20_000, n)).mean(axis=1) for m, n in ((22, 55), (14, 40))]
    assert np.std(np.log(means[0] / means[1])) == pytest.approx(math.sqrt(1 / 55 + 1 / 40), rel=0.03)


def test_a_p_of_two_curves_stays_open_but_is_compared(judged):
    row = {
        "check": "patient_data.medians", "printed": "p", "inputs": "medians=22 14; sizes=55 40; alpha=0.05",
        "agreement": "none",
    }  # fmt: skip
    outcome, verdict = judged({"p": "<0.01"}, **row)
    assert verdict == "needs patient data" and not outcome.attempts[0].agrees
    assert "hazard ratio of 0.636" in outcome.working[0]
