"""What the article does not print and a patient table needs nevertheless: each value once, with its reason.

Nothing in this file is a result of the article. Printed values are read from the published tables by `targets`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

SEED, SEEDS_TRIED = 5, 7
"""With the final settings seeds 1 to 7 were tried, and 5 is the first whose cohort meets every reachable target. While
the survival curves, the numbers of lesions and the cooling schedule were being chosen, about 100 more starts were run
with other settings, most of them with seeds 1 to 5 and stopped short of a solution."""

BOOTSTRAP_SEED = 20250830
"""That of the notebooks, so that the fidelity table and the validation section say the same."""

DAYS_PER_MONTH = 30.4375
"""A Julian year in twelve parts; the article counts in months without saying how long one is."""
CUTOFF = date(2024, 12, 31)
"""The article says December 2024; the last day of that month."""
ACCRUAL_END = date(2022, 12, 31)
"""The article says December 2022; the last day of that month."""

HIGH_T = ("T3", "T4")
"""Table 7 opposes high to low T stage without a cut; T3 and T4 are the usual one and give balanced groups."""
HIGH_N = ("N1", "N2")
"""Table 7 opposes high to low N stage; any nodal involvement is the usual reading."""

LUNG_LESIONS = {
    "observation": (15, 13, 12, 10, 9, 8, 7, 6, 5, 5, 4, 3, 3, 2, 2),
    "control": (10, 9, 8, 7, 6, 5, 4, 3, 3, 2),
}
"""Numbers of lung metastases of the patients with two or more.

Table 1 prints 15 and 10 under "number of pulmonary metastases", read as patients with two or more; all others have
one. The range 1-15 is that of Table 8. The spread is wide because a C-index of 0.80 with the printed hazard ratios
needs a wide spread of risk. Five lesions in one patient and three in another carry the printed examples of sites.
"""
LOBE_SHARES = {"left_upper": 24, "left_lower": 23, "right_upper": 20, "right_middle": 8, "right_lower": 25}
"""Shares of lung volume by lobe in per cent, roughly; metastases spread by blood follow volume."""

NORMAL_AGES = 0.05
"""Least P of a Shapiro-Wilk test of the ages of an arm: the article gives mean and SD and uses the t test for them.
With mean 28, SD 8.03 and nobody below 18, about one draw in twenty of the control group passes."""

STABLE_DISEASE_ADDED = {"observation": 2, "control": 0}
"""Table 2 prints 53 of 55 patients of the observation group; its DCR of 52.73 % is 29 of 55, which two more patients
with stable disease give. They are flagged as not counted in Table 2."""


@dataclass(frozen=True)
class Curve:
    """Event times of one endpoint in one arm: a log-logistic curve with a plateau, through the printed median.

    ``events`` of the patients have an event; ``shape`` is the log-logistic shape and ``plateau`` the proportion that
    never has one.
    """

    events: int
    shape: float
    plateau: float


DEATHS = {"observation": Curve(43, 2.6, 0.18), "control": Curve(36, 2.6, 0.05)}
"""79 deaths among 95. Exponential curves through the printed medians, with three years of accrual and two of further
follow-up, leave about 78 deaths. The curves are steeper than exponential because Brier 0.12 at 12 months with an
AUC of 0.79 allows about one death in four by then, and level off so that P < 0.01 agrees with proportional hazards."""
PROGRESSIONS = {"observation": Curve(47, 2.2, 0.10), "control": Curve(38, 3.0, 0.0)}
"""Progressions or deaths: almost everyone, as with 70 % and 47 % progressive disease; levelling off as above."""

LOST = {"observation": (16.4, 27.9, 38.3), "control": (5.2,)}
"""Months at which patients are lost to follow-up: 4 of 95. The early one in the control arm, censored for both
endpoints, keeps its Kaplan-Meier curve off exactly 0.5, so that every rule gives the same median."""
LOST_WITHOUT_PROGRESSION = {"observation": (16.4, 27.9), "control": (5.2,)}
"""Which of them had not progressed."""
DIED_WITHOUT_PROGRESSION = {"observation": (2, 6, 11), "control": (2, 6)}
"""Ranks of the deaths (by time, from 1) that are themselves the event of progression-free survival."""
FOLLOW_UP_ALIVE = (25.0, 58.0)
"""Months between enrolment and cut-off for patients alive: enrolment is spread over the accrual period."""
JITTER = 0.3
"""Event times stand at the mid-ranks of the curve, moved by up to this part of a rank, so that they look observed."""

INSIDE, INSIDE_ACCURACY = 0.9, 0.85
"""The search aims at this part of the rounding interval of a hazard ratio and of an accuracy measure, so that no rule
of rounding matters; the latter are judged at the printed hazard ratios, from which the fitted ones differ a little."""
TERM_LIMIT, GLOBAL_LIMIT = 3.5, 17.3
"""Chi-squared of the proportional-hazards tests without penalty: P = 0.06 for a term, 0.10 globally (11 df)."""

RESPONSE_NOISE = 5.0
"""SD in months of the noise on progression-free survival by which best responses are ranked."""
DIAMETERS = {"primary": (82.0, 21.0, 35.0), "metastasis": (23.0, 6.5, 8.0)}
"""Mean, SD and smallest diameter (mm) before treatment, the same in both arms; the scan of Figure 4 gives none."""
PD_BY_GROWTH = 0.12
"""Share of progressive disease by growth of the measured lesion; the rest by new lesions. With 54 of 95 patients in
progression the mean diameters could not fall, as Figure 4 says they do, if most progressed by growth."""
PD_TARGET_RATIO = {"observation": (0.55, 1.0), "control": (0.65, 1.1)}
"""Diameter after over before treatment of lesions in patients who progress by new lesions; somewhat smaller in the
observation group, without which Figure 4's difference after treatment would be a matter of luck."""
ALIKE, UNLIKE = 0.03, 0.2
"""Diameters must be different with P at most the first, or not different with P at least the second, so that the
pattern of Figure 4 does not hang on the choice of test."""

EXTERNAL_SIZE = {"observation": 70, "control": 50}
"""The article does not print the size of its external cohort; 120 patients in about the proportions of the study."""
EXTERNAL_DEATHS = {"observation": Curve(50, 2.2, 0.15), "control": Curve(42, 2.4, 0.05)}
EXTERNAL_LOST = {"observation": 3, "control": 3}
EXTERNAL_LOST_BETWEEN = (4.0, 24.0)
"""92 deaths. The printed interval of the external C-index fits about 45 deaths, that of its slope about 300; no
cohort has both, and the same follow-up as in the study is assumed."""
EXTERNAL_CLOSE = 0.5
"""The external C-index and slope stop at half of their rounding interval."""
