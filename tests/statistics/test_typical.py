"""The typical patient has medians and common levels, and is nobody of the table."""

import pandas as pd

from living_article.statistics.design import Term
from living_article.statistics.typical import typical

AGE = Term("age", "count")
DOSE = Term("dose", "continuous")
SEX = Term("sex", "categorical", ("m", "f"), "f")


def test_medians_and_most_common_levels():
    frame = pd.DataFrame({"age": [20, 30, 41, 44], "dose": [1.0, 1.2, 1.5, 9.9], "sex": ["m", "f", "f", "f"]})
    found = typical(frame, [AGE, DOSE, SEX])
    assert found.row.iloc[0].to_dict() == {"age": 36.0, "dose": 1.35, "sex": "f"}
    assert found.shared == 0


def test_the_first_listed_of_equally_common_levels():
    assert typical(pd.DataFrame({"sex": ["f", "m"], "age": [1, 3]}), [SEX, AGE]).row["sex"].item() == "m"


def test_it_moves_away_from_a_patient_of_the_table_but_not_out_of_range():
    frame = pd.DataFrame({"age": [29, 30, 31, 32, 40], "sex": ["f"] * 5})
    found = typical(frame, [AGE, SEX])
    assert found.shared == 0 and found.row["age"].item() in (28.0, 33.0)
    assert 29 <= found.row["age"].item() <= 40


def test_with_levels_only_it_says_how_many_share_them():
    assert typical(pd.DataFrame({"sex": ["f", "f", "m"]}), [SEX]).shared == 2
    assert typical(pd.DataFrame({"age": [5, 5, 5]}), [AGE]).shared == 3


def test_a_median_that_may_be_the_value_of_one_patient_is_rounded():
    frame = pd.DataFrame({"dose": [1.0, 29.4831, 51.2], "sex": ["m", "f", "f"]})
    assert (
        typical(frame, [DOSE, SEX]).row["dose"].item()
        != typical(frame, [DOSE, SEX], digits=2).row["dose"].item()
        == 29.0
    )
