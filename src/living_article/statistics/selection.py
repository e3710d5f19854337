"""Which terms enter a multivariable Cox model: a rule by name, with a trace of every step.

The univariable rule is the article's; that it biases the model (Harrell, 2015, section 4.3) is for the page to say.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

from . import cox
from .design import Design

RULES = ("univariable_p", "all", "backward_aic")
_TRACE = ["step", "term", "statistic", "df", "p", "aic", "decision", "reason"]


@dataclass(frozen=True)
class Selection:
    """Names of the selected terms in model order, and how each step decided.

    ``trace`` columns: step, term, statistic (likelihood-ratio or Wald χ²), df, p, aic, decision, reason.
    """

    rule: str
    terms: tuple[str, ...]
    trace: pd.DataFrame


def univariable(design: Design, time: ArrayLike, event: ArrayLike) -> pd.DataFrame:
    """Return one row a term, each fitted alone: term, statistic (Wald χ²), df, p, aic, reason (if not fitted)."""
    rows: list[tuple[object, ...]] = []
    for term, columns in design.columns.items():
        try:
            model = cox.fit(design.matrix[list(columns)], time, event)
        except cox.FitError as error:
            rows.append((term, None, len(columns), None, None, f"not estimable: {error}"))
            continue
        test = cox.wald_test(model, columns)
        rows.append((term, test.statistic, len(columns), test.p, model.aic, None))
    return pd.DataFrame(rows, columns=["term", "statistic", "df", "p", "aic", "reason"])


def _univariable_p(design: Design, time: ArrayLike, event: ArrayLike, limit: float) -> Selection:
    trace = univariable(design, time, event)
    keep = (trace["p"].astype(float) < limit).to_numpy()
    trace = trace.assign(step=1, decision=["keep" if k else "drop" for k in keep])[_TRACE]
    return Selection("univariable_p", tuple(trace["term"][keep]), trace)


def _loglik(design: Design, names: list[str], time: ArrayLike, event: ArrayLike) -> tuple[float, int]:
    """Return the log-likelihood and number of columns of a model with these terms; the null model if none."""
    if not names:
        return cox.fit(design.matrix.iloc[:, :1], time, event).loglik_null, 0
    x = design.subset(names).matrix
    return cox.fit(x, time, event).loglik, x.shape[1]


def _backward_aic(design: Design, time: ArrayLike, event: ArrayLike) -> Selection:
    """Drop the term whose removal gives the lowest AIC, as long as it falls (R's ``step(direction="backward")``)."""
    kept, rows = list(design.columns), []
    loglik, size = _loglik(design, kept, time, event)
    for step in range(1, len(kept) + 1):
        trials = []
        for name in kept:
            without, smaller = _loglik(design, [k for k in kept if k != name], time, event)
            chi2, df = 2 * (loglik - without), size - smaller
            trials.append((2 * smaller - 2 * without, name, chi2, df, without, smaller))
        best = min(trials)
        drop = best[0] < 2 * size - 2 * loglik
        for aic, name, chi2, df, *_ in trials:
            decision = "drop" if drop and name == best[1] else "keep"
            rows.append((step, name, chi2, df, float(stats.chi2.sf(chi2, df)), aic, decision, None))
        if not drop:
            break
        kept.remove(best[1])
        loglik, size = best[4], best[5]
    return Selection("backward_aic", tuple(kept), pd.DataFrame(rows, columns=_TRACE))


def select_terms(
    design: Design, time: ArrayLike, event: ArrayLike, rule: str = "univariable_p", *, p_limit: float = 0.05
) -> Selection:
    """Apply a selection rule.

    Parameters
    ----------
    design, time, event
        All candidate terms and the outcome.
    rule
        univariable_p (terms whose univariable Wald P is below ``p_limit``), all, or backward_aic.
    p_limit
        Threshold of the first rule.

    Raises
    ------
    ValueError
        On an unknown rule.
    cox.FitError
        If backward_aic meets a model that cannot be fitted.
    """
    if rule == "univariable_p":
        return _univariable_p(design, time, event, p_limit)
    if rule == "backward_aic":
        return _backward_aic(design, time, event)
    if rule == "all":
        trace = univariable(design, time, event).assign(step=1, decision="keep")[_TRACE]
        return Selection(rule, tuple(design.columns), trace)
    raise ValueError(f"selection rule {rule!r} is not one of {', '.join(RULES)}")
