"""The thresholds at which acting on a prediction does better than a rule that needs none, as one estimate."""

from __future__ import annotations

import pandas as pd

from .decision_curve import useful_range
from .results import Estimate


def _estimate(benefit: pd.DataFrame, method: str) -> Estimate:
    """Return the total width as value and the ends of the widest run as limits; ``reason`` names several runs."""
    if len(benefit) and benefit["model"].isna().all():
        return Estimate(None, method=method, reason=benefit["reason"].iloc[0])
    runs = useful_range(benefit)
    if not runs:
        return Estimate(0.0, method=method, reason="at no threshold examined")
    low, high = max(runs, key=lambda run: (run[1] - run[0], -run[0]))
    written = [f"{a:.2f} to {b:.2f}" if b > a else f"{a:.2f}" for a, b in runs]
    several = f"{', '.join(written[:-1])} and {written[-1]}" if len(runs) > 1 else None
    return Estimate(sum(b - a for a, b in runs), low, high, method=method, reason=several)


def better_than_both(benefit: pd.DataFrame) -> Estimate:
    """Return where the model's net benefit exceeds that of treating all and of treating none.

    Parameters
    ----------
    benefit
        The table of `decision_curve.net_benefit`, thresholds rising.

    Returns
    -------
    Estimate
        ``value`` the width of the range, ``low`` and ``high`` its ends. Of several runs of thresholds the limits
        are those of the widest, and ``reason`` lists all; without any, ``value`` is 0 and ``reason`` says so. If the
        net benefit is nowhere estimable there is no value, and ``reason`` says why.
    """
    return _estimate(benefit, "net benefit above treat all and treat none")


def positive(benefit: pd.DataFrame) -> Estimate:
    """Return where the model's net benefit exceeds zero, in the form of `better_than_both`."""
    return _estimate(benefit.assign(all=0.0, none=0.0), "net benefit above treat none")
