import numpy as np
import pytest

from living_article.statistics.response import CATEGORIES, CRITERIA, Criteria, best_response, relative_change


def classify(before, after, criteria, new=False):
    return best_response([before], [after], [new], CRITERIA[criteria])[0]


@pytest.mark.parametrize(
    ("before", "after", "article", "recist", "who"),
    [
        (40, 0, "CR", "CR", "CR"),
        (40, 19.9, "PR", "PR", "PR"),
        (40, 20, "SD", "PR", "PR"),  # −50 %: the article wants more than that
        (60, 42, "SD", "PR", "PR"),  # −30 % exactly; 0.7² = 0.49 of the product
        (60, 42.1, "SD", "SD", "PR"),  # 0.7017² = 0.492
        (100, 70.8, "SD", "SD", "SD"),  # −29.2 %; the product falls by 49.9 %
        (40, 40, "SD", "SD", "SD"),
        (40, 44.8, "SD", "SD", "PD"),  # +12 %; the product grows by 25.4 %
        (40, 48, "SD", "PD", "PD"),  # +20 % and 8 mm
        (10, 14.9, "SD", "SD", "PD"),  # +49 % but less than 5 mm
        (10, 15, "SD", "PD", "PD"),  # +50 % exactly and 5 mm
        (10, 15.1, "PD", "PD", "PD"),
    ],
)
def test_limits(before, after, article, recist, who):
    found = [classify(before, after, name) for name in ("article", "recist", "who")]
    assert found == [article, recist, who]


@pytest.mark.parametrize("criteria", CRITERIA)
def test_new_lesion_is_progression_whatever_the_diameter(criteria):
    for after in (0, 10, 40, 80):
        assert classify(40, after, criteria, new=True) == "PD"


def test_vectorised():
    found = best_response([40, 40, 40, 40], [0, 10, 40, 80], [False] * 4, CRITERIA["article"])
    assert tuple(found) == CATEGORIES


def test_relative_change():
    np.testing.assert_allclose(relative_change([10, 20, 30], [0, 20, 45]), [-1, 0, 0.5])
    np.testing.assert_allclose(relative_change([10], [15], dimension=2), [1.25])


def test_a_reader_may_bring_other_limits():
    own = Criteria("own", "own", shrink=0.1, grow=0.1)
    assert list(best_response([10, 10], [9, 11], [0, 0], own)) == ["PR", "PD"]


@pytest.mark.parametrize(
    ("before", "after", "new", "problem"),
    [
        ([0], [1], [False], "above 0"),
        ([10], [-1], [False], "0 or more"),
        ([np.nan], [1], [False], "must be known"),
        ([10], [np.nan], [False], "must be known"),
        ([10, 20], [1], [False], "one length"),
        ([10], [1], [False, True], "one length"),
    ],
)
def test_impossible_input(before, after, new, problem):
    with pytest.raises(ValueError, match=problem):
        best_response(before, after, new, CRITERIA["recist"])
