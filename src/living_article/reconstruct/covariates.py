"""From printed counts to the integer matrix that the search works on, and from its result back to patients."""

from __future__ import annotations

import numpy as np

from living_article.reconstruct import assumptions
from living_article.reconstruct.margins import age_moments, ages, counts, lung_lesions
from living_article.reconstruct.problem import AGE_ORIGIN
from living_article.reconstruct.random_source import RandomSource
from living_article.reconstruct.slots import Slot
from living_article.reconstruct.targets import ARMS, TERMS, Targets

LOBES = tuple(assumptions.LOBE_SHARES)
YES_NO = ("yes", "no")


def start(targets: Targets, slots: list[Slot], random: RandomSource) -> np.ndarray:
    """Return covariates (n, 11) in the order of the slots, every printed count met, paired at random.

    Columns are `TERMS`: arm 1/0, age minus `AGE_ORIGIN`, six indicators and the number of lesions, as in Table 7.
    """
    x = np.zeros((len(slots), len(TERMS)), dtype=np.int64)
    moments = age_moments(targets)
    for arm in ARMS:
        rows = [i for i, slot in enumerate(slots) if slot.arm == arm]
        table = counts(targets, arm)
        values = {
            "arm": [int(arm == ARMS[0])] * len(rows),
            "age": [age - AGE_ORIGIN for age in ages(targets, arm, moments[arm], random)],
            "lung_lesions": lung_lesions(targets, arm),
            "sex": _indicator(table["sex"], ("male",)),
            "tumour_type": _indicator(table["tumour_type"], ("osteosarcoma",)),
            "femur": _indicator(table["primary_site"], ("femur",)),
            "t_high": _indicator(table["t_stage"], assumptions.HIGH_T),
            "n_high": _indicator(table["n_stage"], assumptions.HIGH_N),
            "ldh_high": _indicator(table["ldh"], ("high",)),
            "heart_disease": _indicator(table["heart_disease"], ("yes",)),
            "radiotherapy": _indicator(table["radiotherapy"], ("yes",)),
        }
        for column, term in enumerate(TERMS):
            x[rows, column] = random.shuffle(list(values[term]))
    return x


def _indicator(levels: dict[str, int], high: tuple[str, ...]) -> list[int]:
    """Return one 0/1 value for each patient, 1 for those whose level is among ``high``."""
    return [int(level in high) for level, count in levels.items() for _ in range(count)]


def decode(x: np.ndarray, targets: Targets, random: RandomSource) -> list[dict]:
    """Return one dictionary of patient columns for each row of ``x``, with everything the model does not use."""
    patients: list[dict] = [{} for _ in x]
    for arm in ARMS:
        rows = [i for i in range(len(x)) if x[i, 0] == int(arm == ARMS[0])]
        table = counts(targets, arm)
        for i in rows:
            patients[i].update(_decoded(dict(zip(TERMS, x[i].tolist(), strict=True)), arm))
        _divide(patients, rows, "primary_site", table["primary_site"], random)
        _divide(patients, rows, "t_stage", table["t_stage"], random)
        _divide(patients, rows, "n_stage", table["n_stage"], random)
        for column in ("hepatic_dysfunction", "renal_dysfunction", "other_comorbidity"):
            flags = random.shuffle([level for level in YES_NO for _ in range(table[column][level])])
            for i, flag in zip(rows, flags, strict=True):
                patients[i][column] = flag
        for i in rows:
            patients[i]["ldh"] = ldh(patients[i].pop("ldh_high"), targets, random)
        _place_lesions([patients[i] for i in rows], targets, arm, random)
    return patients


def _decoded(values: dict[str, int], arm: str) -> dict:
    """Return patient columns for one row; the columns to be divided further hold the set of their open levels."""
    low_t, low_n = ("T1", "T2"), ("N0",)
    return {
        "arm": arm,
        "age": values["age"] + AGE_ORIGIN,
        "sex": "male" if values["sex"] else "female",
        "tumour_type": "osteosarcoma" if values["tumour_type"] else "soft_tissue_sarcoma",
        "primary_site": ("femur",) if values["femur"] else ("humerus", "tibia", "other"),
        "lung_lesions": values["lung_lesions"],
        "heart_disease": YES_NO[1 - values["heart_disease"]],
        "t_stage": assumptions.HIGH_T if values["t_high"] else low_t,
        "n_stage": assumptions.HIGH_N if values["n_high"] else low_n,
        "radiotherapy": YES_NO[1 - values["radiotherapy"]],
        "ldh_high": values["ldh_high"],
    }


def _divide(patients, rows, column: str, levels: dict[str, int], random: RandomSource) -> None:
    """Replace the set of open levels of each patient by one level, so that every printed count is met."""
    for open_levels in dict.fromkeys(patients[i][column] for i in rows):  # a set would follow the hash seed
        members = [i for i in rows if patients[i][column] == open_levels]
        drawn = random.shuffle([level for level in open_levels for _ in range(levels[level])])
        for i, level in zip(members, drawn, strict=True):
            patients[i][column] = level


def ldh(high: int, targets: Targets, random: RandomSource) -> int:
    """Return a plausible LDH in U/L, above the printed threshold or not, and never within 3 U/L of it."""
    threshold = targets.count("t1_ldh_threshold_high")
    if high:
        return threshold + 4 + round(170 * random.uniform() ** 2 + 90 * random.uniform())
    return threshold - 3 - round(100 * (random.uniform() + random.uniform()) / 2)


def _place_lesions(patients: list[dict], targets: Targets, arm: str, random: RandomSource) -> None:
    """Divide each patient's lesions among the lobes; one patient carries the example of sites that Table 1 prints."""
    shares = [lobe for lobe in LOBES for _ in range(assumptions.LOBE_SHARES[lobe])]
    example = {lobe: _printed_example(targets, lobe, arm) for lobe in LOBES}
    carrier = next(p for p in patients if p["lung_lesions"] == sum(example.values()))
    for patient in patients:
        sites = [random.choice(shares) for _ in range(patient["lung_lesions"])]
        for lobe in LOBES:
            number = example[lobe] if patient is carrier else sites.count(lobe)
            patient[f"lesions_{lobe}"] = number


def _printed_example(targets: Targets, lobe: str, arm: str) -> int:
    """Return the number of lesions in a lobe of the patient Table 1 describes, 0 if the lobe is not named."""
    id = f"t1_example_{lobe}_{arm}"
    return targets.count(id) if id in targets else 0
