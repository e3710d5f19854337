"""The engine on another article: an invented trial without errors, and with errors planted in it."""

import csv
import shutil
from pathlib import Path

import pytest

from living_article.audit.outcome import Verdict
from living_article.audit.registry import CHECKS
from living_article.audit.run import audit_folder, by_section
from living_article.errors import InputError

TRIAL = Path(__file__).parent / "trial"
NO_DISCREPANCY = (Verdict.REPRODUCES, Verdict.DEFINITIONAL, Verdict.PATIENTS)
NOT, ONLY, INCONSISTENT, IMPOSSIBLE = Verdict.NOT, Verdict.ONLY_WITH, Verdict.INCONSISTENT, Verdict.IMPOSSIBLE

# what is printed instead, and all the claims that must be found, with their verdicts
PLANTED = {
    "a group printed too large": ({"n_total": "112"}, {"sizes": INCONSISTENT}),
    "an abstract that differs": ({"abs_n_a": "61"}, {"size_copies": INCONSISTENT}),
    "an abstract that overstates": (
        {"abs_percent": "44"},
        {"percent_copies": INCONSISTENT},
    ),
    "a stricter bound than the table": (
        {"abs_p": "<0.01"},
        {"p_copies": INCONSISTENT, "p_bound": NOT},
    ),
    "a percentage of another count": ({"response_b_percent": "22.0"}, {"percent_b": INCONSISTENT}),
    "a percentage no count gives": (
        {"response_b_percent": "21.0"},
        {"percent_b": INCONSISTENT, "attainable_b": IMPOSSIBLE},
    ),
    "a statistic with Yates's correction": (
        {"response_chi2": "4.215"},
        {"response_statistic": ONLY, "response_search": ONLY, "response_pair": INCONSISTENT},
    ),
    "a statistic no table gives": (
        {"response_chi2": "9.985"},
        {"response_statistic": NOT, "response_search": IMPOSSIBLE, "response_pair": INCONSISTENT},
    ),
    "a one-sided P": (
        {"response_p": "0.012"},
        {"response_probability": ONLY, "response_pair": ONLY},
    ),
    "a P of another test": ({"harm_p": "0.029"}, {"harm": ONLY}),
    "a P of no test": ({"harm_p": "0.021"}, {"harm": NOT}),
    "counts that do not add up": (
        {"stage2_a": "23"},
        {"stage_sum_a": INCONSISTENT, "stage_statistic": NOT, "stage_probability": NOT, "stage_search": NOT},
    ),
    "a t of other means": ({"age_t": "1.873"}, {"age_statistic": NOT, "age_pair": INCONSISTENT}),
    "a P of Welch's test": ({"age_p": "0.382"}, {"age_probability": ONLY, "age_pair": INCONSISTENT}),
    "a mean no whole numbers have": (
        {"score_mean": "3.45"},
        {"score_average": IMPOSSIBLE, "score_spread": IMPOSSIBLE},
    ),
    "an SD no whole numbers have": ({"score_sd": "0.30"}, {"score_spread": IMPOSSIBLE}),
    "a ratio outside the middle": (
        {"income_hr": "1.30"},
        {"income_centre": INCONSISTENT, "income_probability": INCONSISTENT},
    ),
    "a P that contradicts its interval": (
        {"income_p": "0.024"},
        {"income_probability": INCONSISTENT, "income_side": INCONSISTENT, "factors": ONLY},
    ),
    "an interval too narrow for the patients": (
        {"diet_low": "0.50", "diet_high": "0.77"},
        {"diet_width": IMPOSSIBLE, "diet_probability": INCONSISTENT},
    ),
    "a Hosmer-Lemeshow P of other degrees of freedom": ({"hl_p": "0.397"}, {"calibration": ONLY}),
    "a Hosmer-Lemeshow P of none": ({"hl_p": "0.320"}, {"calibration": INCONSISTENT}),
    "a C-index too precise": ({"c_low": "0.70", "c_high": "0.72"}, {"c_width": NOT}),
    "a C-index outside its interval": ({"c_low": "0.72"}, {"c_inside": INCONSISTENT, "c_width": NOT}),
    "points that fall with risk": (
        {"sex_hr": "0.64", "sex_low": "0.41", "sex_high": "0.99"},
        {"sex_direction": INCONSISTENT},
    ),
    "points out of proportion": ({"diet_points_b": "60"}, {"diet_share": NOT}),
    "a patient older than any can be": ({"oldest": "130"}, {"oldest_patient": IMPOSSIBLE}),
    "progression later than death": ({"median_pfs": "15.1"}, {"medians": INCONSISTENT}),
    "a horizon beyond the follow-up": ({"horizon_months": "72"}, {"follow_up": IMPOSSIBLE}),
}  # fmt: skip


@pytest.fixture
def trial(tmp_path):
    """Return the audit of the invented trial with some values printed differently."""

    def call(changed=None):
        changed = dict(changed or {})
        shutil.copy(TRIAL / "claims.csv", tmp_path)
        with (TRIAL / "values.csv").open(newline="") as file:
            header, *rows = csv.reader(file)
        for row in rows:
            row[header.index("printed")] = changed.pop(row[0], row[header.index("printed")])
        assert not changed, f"no such printed value: {changed}"
        with (tmp_path / "values.csv").open("w", newline="") as file:
            csv.writer(file).writerows([header, *rows])
        return {f.id: f for f in audit_folder(tmp_path)}

    return call


def discrepancies(findings):
    return {id: f.verdict for id, f in findings.items() if f.verdict not in NO_DISCREPANCY}


def test_a_clean_article_raises_none(trial):
    found = trial()
    assert discrepancies(found) == {}
    assert sum(f.verdict is Verdict.REPRODUCES for f in found.values()) == len(found) - 3


def test_every_check_is_used_by_the_invented_trial(trial):
    assert {f.check for f in trial().values()} == set(CHECKS)


@pytest.mark.parametrize(
    ("id", "printed", "problem"),
    [
        ("n_a", "60.5", "a count of patients must be a whole number"),
        ("n_a", "0", "a count of patients must be a whole number"),
        ("n_total", "0", "patients must be a whole number of patients, 1 or more, not 0"),
        ("score_n", "0", "n must be a whole number of patients"),
        ("level", "100", "nothing can be computed from its values: confidence level 1.0"),
        ("age_sd_a", "-3.2", "nothing can be computed from its values: Student's t test"),
        ("response_chi2", "January 2015", "response_chi2 is a date"),
    ],
)
def test_a_value_that_makes_no_sense_is_one_message(trial, id, printed, problem):
    with pytest.raises(InputError, match=problem):
        trial({id: printed})


@pytest.mark.parametrize(
    ("id", "printed", "claim", "verdict"),
    [
        ("response_p", "1.7", "response_pair", IMPOSSIBLE),
        ("diet_low", "9.9", "diet_probability", IMPOSSIBLE),
        ("diet_low", "9.9", "diet_width", IMPOSSIBLE),
        ("c", "1.00", "c_width", Verdict.DEFINITIONAL),
        ("response_a_percent", "<50", "attainable_a", Verdict.REPRODUCES),
    ],
)
def test_an_odd_value_has_a_verdict(trial, id, printed, claim, verdict):
    assert trial({id: printed})[claim].verdict is verdict


def test_equal_means_without_spread_are_told(trial):
    found = trial({"age_sd_a": "0", "age_sd_b": "0"})["age_statistic"]
    assert found.verdict is NOT and "no variance in either group" in found.attempts[0].shown


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_error_is_found_and_nothing_else(trial, planted):
    changed, expected = PLANTED[planted]
    assert discrepancies(trial(changed)) == expected


def test_a_discrepancy_says_what_it_takes_and_what_it_means(trial):
    found = trial({"response_chi2": "4.215"} | {"response_p": "0.040"})
    assert found["response_statistic"].verdict_text == "reproduces only with Yates's correction"
    found = trial({"harm_p": "0.071"})["harm"]
    assert found.meaning.startswith("Significant at 0.05 under ")
    assert trial({"diet_low": "0.50", "diet_high": "0.77"})["diet_width"].detail.startswith("standard error 0.11")


def test_sections_and_verdicts_are_counted_in_order(trial):
    counts = by_section(trial({"n_total": "112"}).values())
    assert list(counts) == ["results", "abstract"] and list(counts["abstract"]) == list(Verdict)
    assert counts["results"][Verdict.INCONSISTENT] == 1
    assert sum(map(sum, (of.values() for of in counts.values()))) == len(trial())
