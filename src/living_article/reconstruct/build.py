"""From the constraint table to patients: slots, search, progression, response, toxicity, dates."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from living_article.reconstruct import (
    assumptions,
    covariates,
    dates,
    external,
    problem,
    progression,
    response,
    search,
    slots,
    toxicity,
)
from living_article.reconstruct.kernels import Problem
from living_article.reconstruct.random_source import RandomSource
from living_article.reconstruct.targets import TERMS, Targets

LOBES = tuple(f"lesions_{lobe}" for lobe in assumptions.LOBE_SHARES)
MODEL_COLUMNS = (
    "age", "sex", "tumour_type", "primary_site", "lung_lesions", *LOBES, "heart_disease", "hepatic_dysfunction",
    "renal_dysfunction", "other_comorbidity", "t_stage", "n_stage", "radiotherapy", "ldh",
)  # fmt: skip
TREATMENT_COLUMNS = (
    "best_response", "counted_in_table_2", "primary_before_mm", "primary_after_mm", "metastasis_before_mm",
    "metastasis_after_mm", "new_lesions", *(event for events in toxicity.CLASSES.values() for event in events),
)  # fmt: skip
COHORT_COLUMNS = (
    "patient_id", "arm", "enrolled_on", "progressed_on", "died_on", "last_contact_on", *MODEL_COLUMNS,
    *TREATMENT_COLUMNS, "pfs_months", "pfs_event", "os_months", "os_event",
)  # fmt: skip
EXTERNAL_COLUMNS = tuple(c for c in COHORT_COLUMNS if c not in LOBES and c not in TREATMENT_COLUMNS)


@dataclass(frozen=True)
class Cohort:
    """Patients as dictionaries of columns, and how many moves the search took."""

    patients: list[dict]
    moves: int


def cohort(targets: Targets, seed: int, report: Callable[[float], None] | None = None) -> Cohort:
    """Build the 95 patients; ``report`` is called with the fraction of the search that is done.

    Raises
    ------
    ValueError
        If a step cannot meet its constraints with this seed.
    """
    random = RandomSource(seed)
    places = slots.overall_slots(targets, random)
    times = slots.progression_times(targets, places, random)
    start = covariates.start(targets, places, random)
    found = search.search(start, fixed_problem(targets, places), seed, search.STAGES, report=report)
    patients = covariates.decode(found.x, targets, random)
    months = progression.match(places, times, found.x, random)
    _follow(patients, places, months)
    response.assign(patients, targets, random)
    response.measure(patients, targets, random)
    toxicity.assign(patients, targets, random)
    dates.assign(patients, targets.month("meth_enrolment_start"), random)
    return Cohort(_numbered(patients, "P"), found.moves)


def fixed_problem(targets: Targets, places: list[slots.Slot]) -> Problem:
    """Return what the search is to reach with these slots, in printed precision."""
    horizons = [12 * targets.value(f"t9_auc_{h}_horizon") for h in (12, 36)]
    measures = [targets[f"t9_{name}"] for name in ("cindex", "auc_12", "auc_36", "brier_12", "brier_36")]
    ratios = [targets[f"t7_{term}_hr"] for term in TERMS]
    return problem.fixed_part(
        [slot.months for slot in places],
        [slot.event for slot in places],
        np.array([ratio.value for ratio in ratios]),
        np.array([ratio.half_width / ratio.value for ratio in ratios]),
        horizons,
        [measure.value for measure in measures],
        [assumptions.INSIDE_ACCURACY * measure.half_width for measure in measures],
    )


def external_cohort(targets: Targets, seed: int) -> list[dict]:
    """Build the patients of the external cohort."""
    random = RandomSource(seed)
    places, patients = external.build(targets, random)
    _follow(patients, places, external.progression_months(places, random))
    dates.assign(patients, targets.month("meth_enrolment_start"), random)
    return _numbered(patients, "X")


def _follow(patients: list[dict], places: list[slots.Slot], months: list[float]) -> None:
    """Give every patient the times and events of the slot in the same place."""
    for i, (patient, place, event) in enumerate(zip(patients, places, progression.events(places), strict=True)):
        patient.update(
            place=i, end=place.end, progresses=place.progresses, os_months=place.months, os_event=place.event,
            pfs_months=months[i], pfs_event=event,
        )  # fmt: skip


def _numbered(patients: list[dict], prefix: str) -> list[dict]:
    """Return the patients in the order of enrolment, with identifiers."""
    ordered = sorted(patients, key=lambda p: (p["enrolled_on"], p["place"]))
    return [patient | {"patient_id": f"{prefix}{k:03d}"} for k, patient in enumerate(ordered, start=1)]


def as_csv(patients: list[dict], columns: tuple[str, ...]) -> str:
    """Return the patient table as CSV text with line feeds, numbers as short as they are."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(patients)
    return text.getvalue()
