"""The external cohort: drawn like the study's, paired with survival times until C-index and slope are as printed."""

from __future__ import annotations

import math

import numpy as np

from living_article.reconstruct import assumptions
from living_article.reconstruct.covariates import YES_NO, ldh
from living_article.reconstruct.margins import FLAGS, LEVELS, counts, lung_lesions
from living_article.reconstruct.random_source import RandomSource
from living_article.reconstruct.slots import ALIVE, DIED, LOST, Slot, censored_times, event_times
from living_article.reconstruct.targets import ARMS, TERMS, Targets

MOVES = 20000
"""Exchanges tried before the search is given up; a few hundred are enough."""


def slots(targets: Targets, random: RandomSource) -> list[Slot]:
    """Return one slot for each external patient, sorted by time, all distinct; deaths follow the study's curves."""
    medians = {arm: targets.value(f"res_median_os_{arm}") for arm in ARMS}
    taken = set(medians.values())
    drawn = []
    for arm in ARMS:
        n, curve = assumptions.EXTERNAL_SIZE[arm], assumptions.EXTERNAL_DEATHS[arm]
        lost = censored_times(assumptions.EXTERNAL_LOST[arm], assumptions.EXTERNAL_LOST_BETWEEN, taken, random)
        taken.update(lost)
        deaths = event_times(curve, n, medians[arm], lost, taken, random)
        taken.update(deaths)
        alive = censored_times(n - len(deaths) - len(lost), assumptions.FOLLOW_UP_ALIVE, taken, random)
        taken.update(alive)
        for end, months in ((DIED, deaths), (LOST, lost), (ALIVE, alive)):
            drawn += [Slot(arm, t, end, end == DIED or random.uniform() < 0.5) for t in months]
    return sorted(drawn, key=lambda slot: slot.months)


def covariates(targets: Targets, arm: str, n: int, random: RandomSource) -> list[dict]:
    """Return covariates of n patients, each drawn from the printed distribution of the arm; ages as in the study."""
    table, lesions = counts(targets, arm), lung_lesions(targets, arm)
    bags = {column: [level for level, count in table[column].items() for _ in range(count)] for column in table}
    mean, sd = targets.value(f"t1_age_mean_{arm}"), targets.value(f"t1_age_sd_{arm}")
    youngest = targets.count("meth_age_minimum")
    patients = []
    for _ in range(n):
        patient: dict[str, str | int] = {column: random.choice(bags[column]) for column in (*LEVELS, *FLAGS)}
        patient["ldh"] = ldh(int(patient["ldh"] == "high"), targets, random)
        patient["age"] = max(youngest + random.below(3), round(random.normal(mean, sd)))
        patient["lung_lesions"] = random.choice(lesions)
        patients.append({"arm": arm, **patient})
    return patients


def linear_predictor(patient: dict, targets: Targets) -> float:
    """Return the sum of printed log hazard ratios times covariates, rounded to nine decimals."""
    threshold = targets.value("t1_ldh_threshold_high")
    values = {
        "arm": patient["arm"] == ARMS[0],
        "age": patient["age"],
        "sex": patient["sex"] == "male",
        "tumour_type": patient["tumour_type"] == "osteosarcoma",
        "femur": patient["primary_site"] == "femur",
        "lung_lesions": patient["lung_lesions"],
        "heart_disease": patient["heart_disease"] == YES_NO[0],
        "t_high": patient["t_stage"] in assumptions.HIGH_T,
        "n_high": patient["n_stage"] in assumptions.HIGH_N,
        "radiotherapy": patient["radiotherapy"] == YES_NO[0],
        "ldh_high": patient["ldh"] > threshold,
    }
    return round(sum(math.log(targets.value(f"t7_{term}_hr")) * float(values[term]) for term in TERMS), 9)


def concordance_and_slope(lp: np.ndarray, event: np.ndarray, slope: float) -> tuple[float, float]:
    """Return Harrell's C of lp (n,) in rows sorted by distinct times, and one Newton step from ``slope`` to its slope.

    The slope is the coefficient of a Cox model with the linear predictor as its only covariate.
    """
    outlives = np.triu(np.ones((len(lp), len(lp)), dtype=bool), 1)[event]
    higher = (lp[event][:, None] > lp)[outlives].sum() + 0.5 * (lp[event][:, None] == lp)[outlives].sum()
    weight = np.round(np.exp(slope * lp), 9)
    sums = [np.cumsum((weight * lp**k)[::-1])[::-1][event] for k in range(3)]
    mean = sums[1] / sums[0]
    score, information = np.sum(lp[event] - mean), np.sum(sums[2] / sums[0] - mean**2)
    return float(higher / outlives.sum()), float(slope + score / information)


def build(targets: Targets, random: RandomSource) -> tuple[list[Slot], list[dict]]:
    """Return slots sorted by time and the covariates of their patients, with C-index and slope as printed.

    Patients of one arm exchange survival times; an exchange stays if it does not take the two figures further from
    the middle of their rounding intervals.

    Raises
    ------
    ValueError
        If `MOVES` exchanges do not suffice.
    """
    places = slots(targets, random)
    rows = {arm: [i for i, slot in enumerate(places) if slot.arm == arm] for arm in ARMS}
    patients: list[dict] = [{} for _ in places]
    for arm in ARMS:
        for i, patient in zip(rows[arm], covariates(targets, arm, len(rows[arm]), random), strict=True):
            patients[i] = patient
    lp = np.array([linear_predictor(patient, targets) for patient in patients])
    event = np.array([slot.event for slot in places], dtype=bool)
    best = _distance(lp, event, targets)
    for _ in range(MOVES):
        if best < assumptions.EXTERNAL_CLOSE:
            return places, patients
        arm = ARMS[random.below(len(ARMS))]
        i, j = random.choice(rows[arm]), random.choice(rows[arm])
        lp[i], lp[j] = lp[j], lp[i]
        distance = _distance(lp, event, targets)
        if distance <= best:
            best = distance
            patients[i], patients[j] = patients[j], patients[i]
        else:
            lp[i], lp[j] = lp[j], lp[i]
    raise ValueError(f"{MOVES} exchanges do not give the printed external C-index and slope")


def progression_months(places: list[Slot], random: RandomSource) -> list[float]:
    """Return the month of progression-free survival of each slot: a random part of the way to death, all distinct."""
    months = [slot.months for slot in places]
    taken = {slot.months for slot in places if not slot.progresses}
    for i, slot in enumerate(places):
        if not slot.progresses:
            continue
        time = max(0.5, round(slot.months * random.uniform(0.25, 0.85), 1))
        while time in taken:
            time = round(time - 0.1, 1) if time > slot.months / 2 else round(time + 0.1, 1)
        taken.add(time)
        months[i] = time
    return months


def _distance(lp: np.ndarray, event: np.ndarray, targets: Targets) -> float:
    """Return how far C-index and slope are from the printed ones, in half-digits, both together."""
    wanted = targets["t11_cindex"], targets["t11_slope"]
    found = concordance_and_slope(lp, event, wanted[1].value)
    return round(sum((abs(f - w.value) / w.half_width) ** 2 for f, w in zip(found, wanted, strict=True)), 6)
