"""Counts and ages: for every covariate and arm the multiset of values that Table 1 prints."""

from __future__ import annotations

import math

import numpy as np
from scipy import stats

from living_article.reconstruct import assumptions
from living_article.reconstruct.random_source import RandomSource
from living_article.reconstruct.targets import ARMS, Targets

TRIALS = 2000
LEVELS = {
    "sex": ("male", "female"),
    "tumour_type": ("osteosarcoma", "soft_tissue_sarcoma"),
    "primary_site": ("humerus", "femur", "tibia", "other"),
    "t_stage": ("T1", "T2", "T3", "T4"),
    "n_stage": ("N0", "N1", "N2"),
    "ldh": ("high", "low"),
}
"""Columns whose levels are all printed."""
FLAGS = ("heart_disease", "hepatic_dysfunction", "renal_dysfunction", "other_comorbidity", "radiotherapy")
"""Columns of which only the patients with `yes` are counted."""


def counts(targets: Targets, arm: str) -> dict[str, dict[str, int]]:
    """Return the printed count of every level of every categorical column of Table 1 in one arm."""
    n = targets.count(f"t1_n_{arm}")
    table = {
        column: {level: targets.count(f"t1_{column}_{level.lower()}_{arm}") for level in levels}
        for column, levels in LEVELS.items()
    }
    for column in FLAGS:
        name = f"{column}_yes" if f"t1_{column}_yes_{arm}" in targets else column
        yes = targets.count(f"t1_{name}_{arm}")
        table[column] = {"yes": yes, "no": n - yes}
    for column, levels in table.items():
        if sum(levels.values()) != n:
            raise ValueError(f"{column}: the printed counts of the {arm} group sum to {sum(levels.values())}, not {n}")
    return table


def lung_lesions(targets: Targets, arm: str) -> list[int]:
    """Return the numbers of lesions of one arm; raises ValueError if they disagree with the printed counts."""
    several = list(assumptions.LUNG_LESIONS[arm])
    low, high = targets.count("t8_lung_lesions_range_low"), targets.count("t8_lung_lesions_range_high")
    if len(several) != targets.count(f"t1_several_lesions_{arm}") or not low < min(several) <= max(several) <= high:
        raise ValueError(f"the assumed numbers of lesions of the {arm} group disagree with Tables 1 and 8")
    return several + [low] * (targets.count(f"t1_n_{arm}") - len(several))


def age_moments(targets: Targets) -> dict[str, tuple[int, int]]:
    """Return for each arm the sum and the sum of squares of ages that come closest to the printed t and P.

    All sums whose mean and all sums of squares whose standard deviation round to the printed strings are tried.
    """
    choices = {arm: _possible_moments(targets, arm) for arm in ARMS}
    sizes = [targets.count(f"t1_n_{arm}") for arm in ARMS]
    (s1, q1), (s2, q2) = (choices[arm].T[:, :, None] for arm in ARMS)
    s2, q2 = s2.T, q2.T
    mean1, mean2 = s1 / sizes[0], s2 / sizes[1]
    within = (q1 - s1 * mean1 + q2 - s2 * mean2) / (sum(sizes) - 2)
    t = (mean1 - mean2) / np.sqrt(within * (1 / sizes[0] + 1 / sizes[1]))
    distance = np.round(np.abs(t - targets.value("t1_age_t")), 9)
    best = np.unravel_index(int(np.argmin(distance)), distance.shape)
    chosen = ((arm, choices[arm][i]) for arm, i in zip(ARMS, best, strict=True))
    return {arm: (int(pair[0]), int(pair[1])) for arm, pair in chosen}


def _possible_moments(targets: Targets, arm: str) -> np.ndarray:
    """Return all pairs (sum, sum of squares), shape (k, 2), of integers that round to the printed mean and SD."""
    n, mean, sd = targets.count(f"t1_n_{arm}"), targets[f"t1_age_mean_{arm}"], targets[f"t1_age_sd_{arm}"]
    pairs = []
    for total in range(math.ceil(mean.low * n), math.floor(mean.high * n) + 1):
        if total == mean.high * n:
            continue  # a mean of exactly one half rounds up
        low, high = (limit * limit * (n - 1) + total * total / n for limit in (sd.low, sd.high))
        pairs += [(total, q) for q in range(math.ceil(low), math.floor(high) + 1) if (q - total) % 2 == 0]
    return np.array(pairs)


def ages(targets: Targets, arm: str, moments: tuple[int, int], random: RandomSource) -> list[int]:
    """Return integer ages with exactly this sum and sum of squares, none below the minimum, close to normal.

    The article gives means and SDs and compares them by t test, so a Shapiro-Wilk test must not object (P at least
    `assumptions.NORMAL_AGES`). Raises ValueError if none of `TRIALS` draws passes.
    """
    for _ in range(TRIALS):
        values = _drawn_ages(targets, arm, moments, random)
        if stats.shapiro(values).pvalue >= assumptions.NORMAL_AGES:
            return values
    raise ValueError(f"no ages of the {arm} group look normal")


def _drawn_ages(targets: Targets, arm: str, moments: tuple[int, int], random: RandomSource) -> list[int]:
    """Draw ages from a normal distribution without those too young, then move them to the sum and sum of squares."""
    n, (total, squares), youngest = targets.count(f"t1_n_{arm}"), moments, targets.count("meth_age_minimum")
    mean, sd = total / n, targets.value(f"t1_age_sd_{arm}")
    values: list[int] = []
    while len(values) < n:
        age = round(random.normal(mean, sd))
        values += [age] if age >= youngest else []
    while sum(values) != total:
        i = random.below(n)
        step = 1 if sum(values) < total else -1
        values[i] = max(youngest, values[i] + step)
    gap = squares - sum(v * v for v in values)
    while gap:
        i, j = random.below(n), random.below(n)
        change = 2 * (values[i] - values[j] + 1)  # of the sum of squares, if i grows by one and j shrinks by one
        if i != j and values[j] > youngest and abs(gap - change) < abs(gap) + random.below(3):
            values[i], values[j], gap = values[i] + 1, values[j] - 1, gap - change
    return values
