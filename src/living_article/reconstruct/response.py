"""Best response, and lesion diameters that give it under the article's own cut-offs."""

from __future__ import annotations

from scipy import stats

from living_article.reconstruct import assumptions
from living_article.reconstruct.random_source import RandomSource
from living_article.reconstruct.targets import ARMS, Targets

LEVELS = ("CR", "PR", "SD", "PD")
LESIONS = ("primary", "metastasis")
MOMENTS = ("before", "after")
TRIALS = 2000


def assign(patients: list[dict], targets: Targets, random: RandomSource) -> None:
    """Give every patient ``best_response`` and ``counted_in_table_2``.

    Within an arm the better responses go to the longer progression-free survival, with noise; a patient without
    documented progression cannot have progressive disease. The patients with stable disease whom Table 2 leaves out
    are the first to die without a documented progression.
    """
    for arm in ARMS:
        members = [p for p in patients if p["arm"] == arm]
        levels = []
        for level in LEVELS:
            count = targets.count(f"t2_{level.lower()}_{arm}")
            levels += [level] * (count + (assumptions.STABLE_DISEASE_ADDED[arm] if level == "SD" else 0))
        noisy = {p["place"]: p["pfs_months"] + random.normal(0.0, assumptions.RESPONSE_NOISE) for p in members}
        members.sort(key=lambda p: -noisy[p["place"]])
        spared = [p for p in members if not p["progresses"]]
        rest = [p for p in members if p["progresses"]]
        room = len(levels) - levels.count("PD")
        controlled = sorted(spared + rest[: room - len(spared)], key=lambda p: -noisy[p["place"]])
        for patient, level in zip(controlled + rest[room - len(spared) :], levels, strict=True):
            patient["best_response"], patient["counted_in_table_2"] = level, "yes"
        unassessed = sorted(
            (p for p in spared if p["os_event"] and p["best_response"] == "SD"), key=lambda p: p["os_months"]
        )
        for patient in unassessed[: assumptions.STABLE_DISEASE_ADDED[arm]]:
            patient["counted_in_table_2"] = "no"


def measure(patients: list[dict], targets: Targets, random: RandomSource) -> None:
    """Give every patient four diameters and ``new_lesions``, drawn until they show the pattern of Figure 4.

    Raises
    ------
    ValueError
        If none of `TRIALS` draws shows it.
    """
    for _ in range(TRIALS):
        drawn = [_diameters(patient, targets, random) for patient in patients]
        if shows_figure_4([p["arm"] for p in patients], drawn):
            for patient, diameters in zip(patients, drawn, strict=True):
                patient.update(diameters)
            return
    raise ValueError(f"none of {TRIALS} draws of diameters shows the pattern of Figure 4")


def _diameters(patient: dict, targets: Targets, random: RandomSource) -> dict:
    """Draw the diameters of one patient in mm with one decimal; the metastasis alone decides on the response."""
    response, arm = patient["best_response"], patient["arm"]
    shrink, grow = targets.value("meth_pr_reduction") / 100, targets.value("meth_pd_increase") / 100
    before = {name: _lesion(*assumptions.DIAMETERS[name], random) for name in LESIONS}
    new = response == "PD" and random.uniform() >= assumptions.PD_BY_GROWTH
    low, high = {
        "CR": (0.0, 0.0),
        "PR": (0.3 * (1 - shrink), 0.94 * (1 - shrink)),
        "SD": (1.06 * (1 - shrink), 1.0),
        "PD": assumptions.PD_TARGET_RATIO[arm] if new else (1 + 1.06 * grow, 1 + 1.5 * grow),
    }[response]
    primary = {"CR": (0.0, 0.0), "PR": (0.4, 0.75), "SD": (0.6, 0.95), "PD": assumptions.PD_TARGET_RATIO[arm]}
    after = {
        "metastasis": round(before["metastasis"] * random.uniform(low, high), 1),
        "primary": round(before["primary"] * random.uniform(*primary[response]), 1),
    }
    diameters = {f"{name}_before_mm": before[name] for name in LESIONS}
    diameters |= {f"{name}_after_mm": after[name] for name in LESIONS}
    return diameters | {"new_lesions": "yes" if new else "no"}


def _lesion(mean: float, sd: float, smallest: float, random: RandomSource) -> float:
    """Draw one diameter in mm with one decimal."""
    return round(max(smallest + 3 * random.uniform(), random.normal(mean, sd)), 1)


def classify(before: float, after: float, new_lesions: bool, shrink: float, grow: float) -> str:
    """Return the best response under the article's cut-offs (proportions of the diameter before treatment)."""
    if new_lesions or after > before * (1 + grow):
        return "PD"
    if after == 0:
        return "CR"
    return "PR" if after < before * (1 - shrink) else "SD"


def shows_figure_4(arms: list[str], drawn: list[dict]) -> bool:
    """Whether tests, parametric and not, agree with the printed marks.

    No difference between the arms before treatment, a decrease in both arms, a smaller diameter in the observation
    group after it; for both lesions.
    """
    for name in LESIONS:
        groups = {
            moment: [[d[f"{name}_{moment}_mm"] for d, a in zip(drawn, arms, strict=True) if a == arm] for arm in ARMS]
            for moment in MOMENTS
        }
        for test in (stats.ttest_ind, stats.mannwhitneyu):
            if test(*groups["before"]).pvalue < assumptions.UNLIKE or test(*groups["after"]).pvalue > assumptions.ALIKE:
                return False
        if sum(groups["after"][0]) / len(groups["after"][0]) > sum(groups["after"][1]) / len(groups["after"][1]):
            return False
        for k in range(len(ARMS)):
            pair = groups["before"][k], groups["after"][k]
            if max(stats.ttest_rel(*pair).pvalue, stats.wilcoxon(*pair).pvalue) > assumptions.ALIKE:
                return False
            if sum(pair[1]) >= sum(pair[0]):
                return False
    return True
