"""P values against the statistics printed beside them, and lists of significant variables against their P values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scipy.stats import chi2, norm, t

from living_article.audit import agreement
from living_article.audit.outcome import Attempt, Check, Outcome, Verdict
from living_article.audit.wording import counted, fixed, like, listed, plain, span

if TYPE_CHECKING:
    from living_article.audit.case import Case
    from living_article.published import PrintedNumber

# name: distribution, change of the degrees of freedom, factor of the two-sided P
METHODS: dict[str, tuple[str, int, float]] = {
    "chi2": ("chi2", 0, 1.0),
    "chi2_df_less_1": ("chi2", -1, 1.0),
    "chi2_df_less_2": ("chi2", -2, 1.0),
    "chi2_df_more_1": ("chi2", 1, 1.0),
    "chi2_df_more_2": ("chi2", 2, 1.0),
    "chi2_one_sided": ("chi2", 0, 0.5),
    "t": ("t", 0, 1.0),
    "t_one_sided": ("t", 0, 0.5),
    "normal": ("normal", 0, 1.0),
    "normal_one_sided": ("normal", 0, 0.5),
}


def tail(distribution: str, statistic: float, df: float) -> float:
    """Return the P value of a statistic: upper tail of χ², both tails of t and of the normal distribution."""
    if distribution == "chi2":
        return float(chi2.sf(statistic, df))
    return float(2 * (t.sf(abs(statistic), df) if distribution == "t" else norm.sf(abs(statistic))))


def statistic_of(distribution: str, p: float, df: float) -> float:
    """Return the statistic that has this P value, the way back."""
    if distribution == "chi2":
        return float(chi2.isf(p, df))
    return float(t.isf(p / 2, df) if distribution == "t" else norm.isf(p / 2))


def _label(name: str, df: float) -> str:
    distribution, change, factor = METHODS[name]
    words = {"chi2": "χ²", "t": "t", "normal": "the normal distribution"}[distribution]
    if distribution != "normal":
        words += f" with {counted(int(df + change), 'degree')} of freedom"
    return f"a one-sided P of {words}" if factor < 1 else words


def attempts(case: Case, statistic: PrintedNumber, p: PrintedNumber, df: float) -> tuple[Attempt, ...]:
    """Return P of a printed statistic by each method; the statistic may lie anywhere within its rounding."""
    made = []
    low, high = agreement.rounded_from(statistic)
    for name, named in case.methods:
        distribution, change, factor = METHODS[name]
        if distribution != "normal" and df + change < 1:
            raise case.wrong(f"{name} leaves no degree of freedom", "methods")
        largest, least = (factor * tail(distribution, max(end, 0.0), df + change) for end in (low, high))
        point = factor * tail(distribution, statistic.number, df + change)
        how, shown = agreement.how(p, point), like(p, point)
        if how != agreement.ROUNDING and case.claim.agreement == "inputs":
            how, shown = agreement.reached(p, least, largest) or how, span(p, least, largest)
        width = min(1.0, largest - least + 1.5 * agreement.unit(p))
        made.append(Attempt(_label(name, df), shown, how, point, named, None if p.bound else width))
    return tuple(made)


def from_statistic(case: Case) -> Outcome:
    """Test a printed P value against the statistic printed with it; the two printed values stand in that order."""
    statistic, p = case.printed
    if statistic.bound:
        raise case.wrong("the statistic is a bound, not a number", "printed")
    df = case.one("df").value if case.has("df") else 0.0
    found = attempts(case, statistic, p, df)
    distribution, change, factor = METHODS[case.claim.methods[0]]
    steps = [f"Printed statistic {statistic.printed}, printed P {p.printed}."]
    if not p.bound and 0 < p.number / factor < 1:
        back = statistic_of(distribution, p.number / factor, df + change)
        steps.append(f"The way back: P = {p.printed} belongs to a statistic of {fixed(back, statistic.decimals + 1)}.")
    return Outcome(found, tuple(steps))


def listed_variables(case: Case) -> Outcome:
    """Test a list in the text: the variables named as significant are those, and all those, with P below alpha.

    ``listed`` and ``all`` are P values of one table; the method is ``below`` or ``above`` the level.
    """
    named, everything = ({term: None for row in case.claim.inputs[k] for term, *_ in row} for k in ("listed", "all"))
    level = case.one("alpha").value
    below = case.claim.methods[0] == "below"
    values = [case.number(id, "inputs") for id in everything]
    due = [v for v in values if (v.number < level) == below]
    missing = [f"{v.row} (P {v.printed})" for v in due if v.id not in named]
    extra = [f"{v.row} (P {v.printed})" for v in values if v.id in named and v not in due]
    shown = []
    if missing:
        shown.append(f"not in the list: {listed(missing)}")
    if extra:
        shown.append(f"in the list: {listed(extra)}")
    side = "below" if below else "at or above"
    told = "; ".join(shown) or f"the same {counted(len(due), 'variable')}"
    made = [Attempt(f"every P {side} {plain(level)}", told, "" if shown else agreement.EXACT)]
    if missing and not extra:  # what a text does not name, it does not deny
        made.append(Attempt("a list that leaves variables out", told, agreement.EXACT, named=False))
    step = f"Of {counted(len(values), 'variable')} in the table, {len(due)} have P {side} {plain(level)}; "
    return Outcome(tuple(made), (step + f"the text lists {len(named)}.",))


CHECKS = {
    "p_values.from_statistic": Check(
        from_statistic,
        ("inputs", "rounding"),
        printed=(2, 2),
        optional=("df", "alpha"),
        methods=tuple(METHODS),
        failure=Verdict.INCONSISTENT,
        meaning="Statistic and P value do not belong together as printed.",
    ),
    "p_values.listed": Check(
        listed_variables,
        ("exact",),
        printed=(1, 999),
        required=("listed", "all", "alpha"),
        methods=("below", "above"),
        failure=Verdict.INCONSISTENT,
        meaning="The list in the text and the table name different variables.",
    ),
}
