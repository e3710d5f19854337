"""Records in words: every record of every section has a name without ids, in the words of the study file."""

from pathlib import Path

import pytest

from living_article.display.record_names import RecordNames, quantity
from living_article.study import load_study

NAMES = RecordNames(load_study(Path(__file__).parents[2] / "data" / "study.yml"))


@pytest.mark.parametrize(
    ("key", "label"),
    [
        (("cox", "hr_multivariable", "os", None, "t_high", None), "Hazard ratio, all terms: T stage (overall survival; cox)"),
        (("survival", "milestone", "pfs", "control", None, 12.0),
         "Survival: Etoposide + ifosfamide at 12 months (progression-free survival; survival)"),
        (("toxicity", "incidence", None, "observation", "nausea", None),
         "Incidence: Nausea, Thalidomide + ifosfamide (toxicity)"),
        (("baseline", "count", None, "control", "sex:male", None),
         "Patients: Sex: Male, Etoposide + ifosfamide (baseline)"),
        (("response", "diameter_mean", None, "control", "primary:before", None),
         "Diameter mean: Primary tumour, before, Etoposide + ifosfamide (response)"),
        (("validation", "group_events", "os", "3", None, 36.0),
         "Group events: risk group 3 at 36 months (overall survival; validation)"),
        (("other", "new_thing", "dfs", "x", "some_term:level", 2.5), "New thing: some term: level, x at 2.5 months (dfs; other)"),
    ],
)  # fmt: skip
def test_names_are_words_of_the_study(key, label):
    assert NAMES.label(key) == label


def test_no_name_of_a_record_keeps_an_underscore():
    assert "_" not in "".join(quantity(name) for name in ("a_b", "external_calibration_test_df", "zph"))
