import statistics

import pytest
from scipy import stats

from living_article.reconstruct import margins
from living_article.reconstruct.random_source import RandomSource
from living_article.reconstruct.targets import ARMS


@pytest.mark.parametrize("arm", ARMS)
def test_every_count_sums_to_the_arm(targets, arm):
    table = margins.counts(targets, arm)
    assert {sum(levels.values()) for levels in table.values()} == {targets.count(f"t1_n_{arm}")}
    assert set(table) == {*margins.LEVELS, *margins.FLAGS}


def test_lesions_run_over_the_printed_range(targets):
    lesions = {arm: margins.lung_lesions(targets, arm) for arm in ARMS}
    assert min(min(v) for v in lesions.values()) == 1 and max(max(v) for v in lesions.values()) == 15
    assert [sum(n > 1 for n in lesions[arm]) for arm in ARMS] == [15, 10]


def test_lesions_that_disagree_are_refused(targets, monkeypatch):
    monkeypatch.setitem(margins.assumptions.LUNG_LESIONS, "control", (2, 3))
    with pytest.raises(ValueError, match="disagree"):
        margins.lung_lesions(targets, "control")


@pytest.mark.parametrize("arm", ARMS)
@pytest.mark.parametrize("seed", range(3))
def test_ages_have_the_printed_mean_and_sd_and_look_normal(targets, arm, seed):
    ages = margins.ages(targets, arm, margins.age_moments(targets)[arm], RandomSource(seed))
    assert len(ages) == targets.count(f"t1_n_{arm}") and min(ages) >= 18
    assert round(statistics.mean(ages)) == targets.value(f"t1_age_mean_{arm}")
    assert round(statistics.stdev(ages), 2) == targets.value(f"t1_age_sd_{arm}")
    assert stats.shapiro(ages).pvalue >= 0.05


def test_no_pair_of_moments_comes_closer_to_the_printed_t(targets):
    moments = margins.age_moments(targets)
    t = []
    for first in margins._possible_moments(targets, "observation")[::7]:
        for second in margins._possible_moments(targets, "control")[::7]:
            t.append(_t(first, 55, second, 40))
    best = abs(_t(moments["observation"], 55, moments["control"], 40) - 0.772)
    assert best <= min(abs(v - 0.772) for v in t) + 1e-9
    assert best > 0.0005  # the printed value itself is out of reach


def _t(first, n1, second, n2):
    mean1, mean2 = first[0] / n1, second[0] / n2
    sd1, sd2 = (((q - s * s / n) / (n - 1)) ** 0.5 for (s, q), n in ((first, n1), (second, n2)))
    return stats.ttest_ind_from_stats(mean1, sd1, n1, mean2, sd2, n2).statistic
