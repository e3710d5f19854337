"""One number with its interval, or the reason why it cannot be estimated."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with standard error, confidence limits and P value where they exist.

    ``value`` is None when the quantity is not estimable; ``note`` then says why. ``note`` may also hold a
    warning beside a value. NaN and infinity are never stored: they become None.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    se: float | None = None
    p: float | None = None
    method: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        """Turn NumPy scalars into floats; raise ValueError if there is neither a value nor a reason."""
        for name in ("value", "low", "high", "se", "p"):
            number = getattr(self, name)
            if number is not None:
                number = float(number)
                object.__setattr__(self, name, number if math.isfinite(number) else None)
        if self.value is None and self.p is None and not self.note:
            raise ValueError("an estimate without a value needs a note that says why")


def not_estimable(reason: str, method: str | None = None) -> Estimate:
    """Return an estimate without a value: ``note`` becomes "not estimable: <reason>"."""
    return Estimate(None, method=method, note=f"not estimable: {reason}")
