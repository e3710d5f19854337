"""Calendar dates that agree with the months of follow-up, the accrual period and the cut-off."""

from __future__ import annotations

from datetime import date, timedelta

from living_article.reconstruct.assumptions import ACCRUAL_END, CUTOFF, DAYS_PER_MONTH
from living_article.reconstruct.random_source import RandomSource
from living_article.reconstruct.slots import ALIVE, DIED


def days(months: float) -> int:
    """Return whole days; dividing them by the length of a month and rounding gives the months back."""
    return round(months * DAYS_PER_MONTH)


def assign(patients: list[dict], accrual_start: date, random: RandomSource) -> None:
    """Give every patient enrolled_on, progressed_on, died_on and last_contact_on (ISO dates or blank).

    A patient alive at the cut-off was enrolled as long before it as he or she was followed; all others on any day
    of the accrual period that lets their follow-up end by the cut-off.
    """
    for patient in patients:
        followed = timedelta(days(patient["os_months"]))
        latest = min(ACCRUAL_END, CUTOFF - followed)
        if patient["end"] == ALIVE:
            enrolled = CUTOFF - followed
        else:
            enrolled = accrual_start + timedelta(random.below((latest - accrual_start).days + 1))
        if not accrual_start <= enrolled <= ACCRUAL_END:
            raise ValueError(f"{patient['os_months']} months of follow-up do not fit between accrual and cut-off")
        progressed = enrolled + timedelta(days(patient["pfs_months"])) if patient["progresses"] else None
        last = enrolled + followed
        patient["enrolled_on"] = enrolled.isoformat()
        patient["progressed_on"] = progressed.isoformat() if progressed else ""
        patient["died_on"] = last.isoformat() if patient["end"] == DIED else ""
        patient["last_contact_on"] = last.isoformat()
