import math

import numpy as np
import pytest

from living_article.statistics.results import Estimate, HypothesisTest, normal_quantile, two_sided_p


def test_numbers_become_plain_floats():
    assert type(Estimate(np.float64(1.5)).value) is float
    assert type(HypothesisTest("test", df=np.int64(3), p=0.1).df) is float


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_no_silent_nan(bad):
    with pytest.raises(ValueError, match="give None and a reason"):
        Estimate(1.0, high=bad, method="mean")
    with pytest.raises(ValueError, match="give None and a reason"):
        HypothesisTest("t test", p=bad)


def test_what_is_missing_has_a_reason():
    with pytest.raises(ValueError, match="needs a reason"):
        Estimate(None)
    with pytest.raises(ValueError, match="needs a reason"):
        HypothesisTest("t test", statistic=2)
    assert Estimate(None, reason="too few").value is None


def test_normal_quantile_and_p_are_inverse():
    assert normal_quantile(0.95) == pytest.approx(1.959963984540054, rel=1e-15)
    assert two_sided_p(-normal_quantile(0.99)) == pytest.approx(0.01, rel=1e-12)
    with pytest.raises(ValueError, match="confidence level"):
        normal_quantile(95)
