"""What every statistic returns: an `Estimate` or a `HypothesisTest`, never a silent NaN.

The rule of the whole package: an argument that makes no sense (a negative count, an unknown interval
method) raises ValueError; data that cannot answer the question (a horizon beyond follow-up, no variance)
give a result without the number and with ``reason``, in words that a page can show. ``warnings`` are plain
sentences for the page as well.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Any

from scipy.stats import norm


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its interval; ``p`` is two-sided, of no difference (0, or 1 for a ratio).

    Any number may be None; if ``value`` is, ``reason`` says why. Infinite and NaN values are refused.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    std_error: float | None = None
    p: float | None = None
    method: str = ""
    reason: str | None = None
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Make plain floats of the numbers; raises ValueError on NaN, infinity or a missing reason."""
        _plain_floats(self, ("value", "low", "high", "std_error", "p"))
        if self.value is None and not self.reason:
            raise ValueError(f"an estimate without a value needs a reason ({self.method})")


@dataclass(frozen=True, slots=True)
class HypothesisTest:
    """A two-sided test: its name, statistic, degrees of freedom and P value.

    ``effect`` is the estimate that the test belongs to (a difference of means, an odds ratio), where there
    is one. If ``p`` is None, ``reason`` says why.
    """

    method: str
    statistic: float | None = None
    df: float | None = None
    p: float | None = None
    effect: Estimate | None = None
    reason: str | None = None
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Make plain floats of the numbers; raises ValueError on NaN, infinity or a missing reason."""
        _plain_floats(self, ("statistic", "df", "p"))
        if self.p is None and not self.reason:
            raise ValueError(f"a test without a P value needs a reason ({self.method})")


def _plain_floats(result: Any, names: tuple[str, ...]) -> None:
    for name in names:
        number = getattr(result, name)
        if number is None:
            continue
        number = float(number)
        if not math.isfinite(number):
            called = {field.name: getattr(result, field.name) for field in fields(result)}["method"]
            raise ValueError(f"{name} of {called!r} is {number}; give None and a reason instead")
        object.__setattr__(result, name, number)


def normal_quantile(conf_level: float) -> float:
    """Return z of a two-sided interval (1.96 for 0.95); raises ValueError unless 0 < conf_level < 1."""
    if not 0 < conf_level < 1:
        raise ValueError(f"confidence level {conf_level} is not between 0 and 1")
    return float(norm.isf((1 - conf_level) / 2))


def wald(
    value: float, error: float, *, method: str, conf_level: float = 0.95, warnings: tuple[str, ...] = ()
) -> Estimate:
    """Return an estimate of no difference 0 with its Wald interval and P value; ``error`` is above 0."""
    margin = normal_quantile(conf_level) * error
    return Estimate(
        value=value,
        low=value - margin,
        high=value + margin,
        std_error=error,
        p=two_sided_p(value / error),
        method=method,
        warnings=warnings,
    )


def two_sided_p(z: float) -> float:
    """Return the two-sided P value of a standard normal statistic."""
    return float(2 * norm.sf(abs(z)))
