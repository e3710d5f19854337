"""Every check by name."""

from __future__ import annotations

from living_article.audit.checks import (
    calibration_test,
    concordance_interval,
    contingency,
    copies,
    definitions,
    hazard_ratio,
    order,
    p_values,
    patient_data,
    points,
    proportions,
    spread,
    table_search,
    two_means,
)
from living_article.audit.outcome import Check

_FAMILIES = (
    *(contingency, two_means, p_values, hazard_ratio, proportions, spread, table_search, points),
    *(calibration_test, concordance_interval, copies, order, definitions, patient_data),
)
CHECKS: dict[str, Check] = {name: check for family in _FAMILIES for name, check in family.CHECKS.items()}
