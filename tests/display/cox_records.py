"""Records of a small Cox section, and printed numbers beside them, for the tests of its displays."""

from pathlib import Path

from living_article.display.terms import rows
from living_article.published import Link, PrintedNumber, Published
from living_article.records import Results
from living_article.study.model import Arm, Arms, Covariate, Endpoint

ARMS = Arms("arm", Arm("new", "New drug", "New", "First group"), Arm("old", "Old drug", "Old", "Second group"))
DEATH = Endpoint("os", "Overall survival", "OS", "time", "event", "months", "death")
TREATMENT = Covariate("arm", "arm", "Treatment", "categorical", None, {"new": "New drug", "old": "Old drug"}, "old")
AGE = Covariate("age", "age", "Age", "continuous", unit="years")
SITE = Covariate("site", "site", "Site, main", "categorical", None, {"a": "Arm", "b": "Leg", "c": "Hip"}, "a")
COVARIATES = [TREATMENT, AGE, SITE]
CONTRASTS = rows(COVARIATES, references=False)


def _test(value, p):
    return {"note": "not estimable: too few"} if p is None else {"value": value, "p": p, "unit": "statistic"}


def records(arm=(0.6, 0.4, 0.9, 0.02), age_p=0.4, site_p=0.3, missing=(), zph=0.5, all_zph=0.6, events=60, vif=1.3):
    """Return records of 95 patients; ``missing`` terms have no multivariable hazard ratio."""
    results = Results("cox")
    results.add("patients", endpoint="os", value=95, unit="patients")
    results.add("events", endpoint="os", value=events, unit="events")
    ratios = {
        "arm": arm,
        "age": (1.02, 0.98, 1.06, age_p),
        "site:b": (2.0, 0.5, 8.0, 0.3),
        "site:c": (0.9, 0.5, 2, 0.8),
    }
    for row in rows(COVARIATES):
        results.add("level_patients", endpoint="os", term=row.level_term, value=40, unit="patients")
        results.add("level_events", endpoint="os", term=row.level_term, value=30, unit="events")
    for term, (value, low, high, p) in ratios.items():
        where = {"endpoint": "os", "term": term, "unit": "hazard ratio"}
        results.add("hr_univariable", value=value, low=low, high=high, p=p, **where)
        if term in missing:
            results.add("hr_multivariable", note="not estimable: infinite estimate (separation)", **where)
        else:
            results.add("hr_multivariable", value=value, low=low, high=high, p=p, **where)
            results.add("vif", endpoint="os", term=term, value=vif, unit="ratio")
    for term, p in (("arm", arm[3]), ("age", age_p), ("site", site_p)):
        if term not in missing:
            results.add("wald", endpoint="os", term=term, value=1.0, p=p, unit="statistic")
            results.add("zph", endpoint="os", term=term, **_test(1.0, zph))
            results.add("zph_df", endpoint="os", term=term, value=1, unit="count")
        results.add("wald_univariable", endpoint="os", term=term, value=1.0, p=p, unit="statistic")
    results.add("zph", endpoint="os", term="GLOBAL", **_test(3.0, all_zph))
    results.add("zph_df", endpoint="os", term="GLOBAL", value=4, unit="count")
    for key in ("lr", "wald", "score"):
        results.add(f"global_{key}", endpoint="os", value=12.5, p=0.014, unit="statistic")
    results.add("coefficients", endpoint="os", value=4, unit="count")
    results.add("aic", endpoint="os", value=301.25, unit="aic")
    results.add("cindex", endpoint="os", value=0.7, low=0.6, high=0.8, unit="c-index")
    results.add("events_per_variable", endpoint="os", value=events / 4, unit="events per coefficient")
    return results


QUANTITIES = {
    "hr": "hazard ratio",
    "low": "confidence limit, lower",
    "high": "confidence limit, upper",
    "p": "P value",
}


def published(*numbers, links=()) -> Published:
    """Return printed numbers given as (id, quantity, printed, section, record, term), all in one table."""
    values = tuple(
        PrintedNumber(n[0], "Table 1", "", "", n[1], n[2], "", "", float(n[2]), "", len(n[2].partition(".")[2]))
        for n in numbers
    )
    found = tuple(Link(n[0], n[3], n[4], "os", None, n[5], None) for n in numbers if n[3])
    return Published(Path("published"), values, (*found, *links))


def printed_ratio(term, **strings) -> list[tuple]:
    """Return the printed numbers of one hazard ratio: hr, low, high, p as printed strings."""
    return [(f"{term}_{k}", QUANTITIES[k], v, "cox", "hr_multivariable", term) for k, v in strings.items()]
