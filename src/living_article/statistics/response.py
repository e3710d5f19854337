"""Best response from one measured diameter before and after treatment, under selectable criteria.

CR: the lesion is gone (diameter 0). PD: growth beyond the limit, or a new lesion. PR: shrinkage beyond the
limit and no new lesion. SD: all else. With one follow-up measurement the baseline is also the smallest
value before it (the "nadir" from which RECIST counts growth), and the sum of diameters is the one diameter.

Sources: the article's methods section (50 % / 50 %); Eisenhauer et al. (2009), European Journal of Cancer
45:228 (RECIST 1.1); Miller et al. (1981), Cancer 47:207 (WHO, on the product of two perpendicular
diameters).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

CATEGORIES = ("CR", "PR", "SD", "PD")
_EXACT = 1e-9  # 60 → 42 mm is a change of exactly −30 %, whatever binary fractions make of it


@dataclass(frozen=True, slots=True)
class Criteria:
    """Limits of response.

    Attributes
    ----------
    name, label
        Id, and the words a reader sees.
    shrink, grow
        Relative decrease for PR and increase for PD, as fractions of the baseline size.
    minimum_growth
        Absolute increase of the diameter in mm that PD needs besides.
    dimension
        1: size is the diameter. 2: size is a product of two diameters; with one diameter d measured it is d².
    strict
        True if the change must exceed the limit ("more than 50 %"), False if reaching it is enough.
    """

    name: str
    label: str
    shrink: float
    grow: float
    minimum_growth: float = 0.0
    dimension: int = 1
    strict: bool = False


CRITERIA = {
    criteria.name: criteria
    for criteria in (
        Criteria("article", "50/50 (−50% / +50%)", shrink=0.5, grow=0.5, strict=True),
        Criteria("recist", "RECIST 1.1 (−30% / +20%)", shrink=0.3, grow=0.2, minimum_growth=5.0),
        Criteria("who", "WHO (−50% / +25% of the product)", shrink=0.5, grow=0.25, dimension=2),
    )
}


def relative_change(before: ArrayLike, after: ArrayLike, *, dimension: int = 1) -> NDArray[np.float64]:
    """Return the change of size as a fraction of the baseline: −1 is gone, 0 unchanged; shape (n,).

    Raises
    ------
    ValueError
        If a diameter is missing or negative, a baseline is 0, or the lengths differ.
    """
    before, after = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    if before.shape != after.shape:
        raise ValueError(f"diameters before {before.shape} and after {after.shape} must have one length")
    if not np.all(before > 0) or not np.all(after >= 0):
        raise ValueError("every diameter must be known, above 0 before treatment and 0 or more after it")
    return (after / before) ** dimension - 1


def best_response(before: ArrayLike, after: ArrayLike, new_lesions: ArrayLike, criteria: Criteria) -> NDArray[np.str_]:
    """Return CR, PR, SD or PD for each patient, shape (n,).

    Parameters
    ----------
    before, after
        Diameter in mm before and after treatment, shape (n,).
    new_lesions
        True where a new lesion appeared, shape (n,).
    criteria
        The limits, e.g. ``CRITERIA["recist"]``.

    Raises
    ------
    ValueError
        As `relative_change`, or if ``new_lesions`` has another length.
    """
    change = relative_change(before, after, dimension=criteria.dimension)
    new = np.asarray(new_lesions, dtype=bool)
    if new.shape != change.shape:
        raise ValueError(f"new lesions {new.shape} and diameters {change.shape} must have one length")
    slack = _EXACT if criteria.strict else -_EXACT
    growth = np.asarray(after, dtype=float) - np.asarray(before, dtype=float)
    grown = (change >= criteria.grow + slack) & (growth >= criteria.minimum_growth - _EXACT)
    shrunk = change <= -criteria.shrink - slack
    gone = np.asarray(after, dtype=float) == 0
    return np.select([new | grown, gone, shrunk], ["PD", "CR", "PR"], default="SD")
