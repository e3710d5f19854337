"""t tests from means and standard deviations, with what their rounding allows."""

import itertools

import numpy as np
import pytest

from living_article.audit.case import Term
from living_article.audit.checks import two_means
from living_article.statistics.means import t_from_summary, t_test

VALUES = {"m1": "30", "m2": "28", "s1": "6.44", "s2": "8.03", "n1": "55", "n2": "40"}
GIVEN = {
    "check": "two_means.statistic",
    "printed": "t",
    "inputs": "mean=m1 m2; sd=s1 s2; n=n1 n2",
    "methods": "student",
}


def terms(values, half):
    return [Term(v, str(v), half) for v in values]


def test_the_printed_means_are_used_as_they_are(judged):
    assert judged(VALUES | {"t": "1.346"}, **GIVEN)[1] == "reproduces"  # Student, R's t.test on such samples
    assert (
        judged(VALUES | {"t": "1.300"}, **GIVEN | {"alternatives": "welch"})[1] == "reproduces only with Welch's t test"
    )


def test_rounding_of_the_means_allows_a_range(judged):
    outcome, verdict = judged(VALUES | {"t": "0.772"}, **GIVEN | {"alternatives": "student_inputs"})
    assert verdict == "reproduces only with unrounded means and SDs"
    assert outcome.attempts[1].shown == "0.6726 to 2.0206"
    assert judged(VALUES | {"t": "2.100"}, **GIVEN | {"alternatives": "student_inputs"})[1] == "does not reproduce"


@pytest.mark.parametrize("equal", [True, False])
def test_the_range_holds_every_unrounded_t_and_its_ends_are_reached(equal):
    mean, sd, n = terms((30, 29.8), 0.5), terms((6.4, 8.0), 0.05), [12, 9]
    (low, high), (least, most) = two_means.corners(mean, sd, n, equal=equal)
    rng = np.random.default_rng(3)
    found = []
    for _ in range(2000):
        m, s = ([t.value + t.half * rng.uniform(-1, 1) for t in ts] for ts in (mean, sd))
        found.append(t_from_summary(m[0], s[0], 12, m[1], s[1], 9, equal_variances=equal))
    sizes = [abs(t.statistic) for t in found]
    assert low == 0 and most == 1  # the means can be equal
    assert max(sizes) <= high and min(t.p for t in found) >= least
    assert max(sizes) > 0.8 * high


def test_whole_numbers_are_enumerated_completely():
    mean, sd = terms((2.0, 1.0), 0.5), terms((1.0, 1.0), 0.25)
    sizes = two_means.whole_numbers(mean, sd, [3, 3])
    brute = set()
    samples = [np.array(s) for s in itertools.product(range(-4, 8), repeat=3)]

    def fitting(m, s):
        return [x for x in samples if abs(x.mean() - m) <= 0.5 + 1e-9 and abs(x.std(ddof=1) - s) <= 0.25 + 1e-9]

    for one in fitting(2.0, 1.0):
        for two in fitting(1.0, 1.0):
            brute.add(round(abs(t_test(one, two).statistic), 9))
    # not every pair of sum and sum of squares belongs to whole numbers, but every sample belongs to one
    assert brute <= set(np.round(sizes, 9))


def test_a_p_value_has_its_methods_too(judged):
    given = GIVEN | {"check": "two_means.p", "alternatives": "welch normal student_one_sided student_inputs"}
    for p, verdict in (
        ("0.182", "reproduces"),
        ("0.198", "reproduces only with Welch's t test or unrounded means and SDs"),
        ("0.091", "reproduces only with a one-sided Student's t test or unrounded means and SDs"),
        ("0.950", "does not reproduce"),
        (">0.05", "reproduces"),
    ):
        assert judged(VALUES | {"t": p}, **given)[1] == verdict


def test_whole_numbers_can_miss_what_unrounded_means_allow(judged):
    given = GIVEN | {"alternatives": "student_inputs student_whole"}
    outcome, _ = judged(VALUES | {"t": "0.772"}, **given)
    assert [a.agrees for a in outcome.attempts] == [False, True, False]
    assert outcome.attempts[2].shown.startswith("closest of ")
    assert 0.3 < outcome.attempts[1].chance < 0.6 and 0 < outcome.attempts[2].chance < 1
