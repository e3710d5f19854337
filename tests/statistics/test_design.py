import pandas as pd
import pytest

from living_article.errors import InputError
from living_article.statistics.design import Term, design

ROWS = pd.DataFrame({"age": [30, 41, 55], "sex": ["male", "female", "male"], "grade": ["T1", "T3", "T2"]})
AGE = Term("age", "continuous")
SEX = Term("sex", "categorical", ("male", "female"), "female")
GRADE = Term("grade", "ordinal", ("T1", "T2", "T3"), "T1")


def test_columns_are_named_and_coded():
    found = design(ROWS, [AGE, SEX, GRADE])
    assert found.matrix.to_dict("list") == {
        "age": [30, 41, 55],
        "sex: male": [1, 0, 1],
        "grade: T2": [0, 0, 1],
        "grade: T3": [0, 1, 0],
    }
    assert found.columns == {"age": ("age",), "sex": ("sex: male",), "grade": ("grade: T2", "grade: T3")}


def test_subset_keeps_the_order_of_the_model():
    found = design(ROWS, [AGE, SEX, GRADE]).subset(["grade", "age"])
    assert list(found.matrix) == ["age", "grade: T2", "grade: T3"]


def test_rows_keep_their_labels():
    assert list(design(ROWS.set_index(pd.Index(["a", "b", "c"])), [AGE]).matrix.index) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("change", "column", "row", "words"),
    [
        ({"age": [30, None, 55]}, "age", 2, "missing"),
        ({"age": [30, "old", 55]}, "age", 2, "not a finite number"),
        ({"sex": ["male", "female", "unknown"]}, "sex", 3, "unknown level"),
        ({"sex": ["male", None, "male"]}, "sex", 2, "missing"),
    ],
)
def test_bad_values_are_located(change, column, row, words):
    with pytest.raises(InputError, match=words) as found:
        design(ROWS.assign(**change), [AGE, SEX])
    assert (found.value.column, found.value.row) == (column, row)


def test_absent_column_is_named():
    with pytest.raises(InputError, match="no such column"):
        design(ROWS, [Term("weight", "continuous")])


@pytest.mark.parametrize(
    "arguments", [("sex", "text"), ("sex", "categorical"), ("sex", "categorical", ("a", "b"), "c")]
)
def test_impossible_terms_are_refused(arguments):
    with pytest.raises(ValueError, match="term sex"):
        Term(*arguments)
