"""Records of a small response section for the tests of its tables, sentences and figures."""

from pathlib import Path

from living_article.display.printed import P_VALUE, beside
from living_article.published import Link, PrintedNumber, Published
from living_article.records import Results
from living_article.statistics.response import CRITERIA
from living_article.study.model import Arm, Arms, Flag, Lesion, Response

ARMS = Arms("arm", Arm("new", "New drug", "New", "First group"), Arm("old", "Old drug", "Old", "Second group"))
LEVELS = {"CR": "Complete response", "PR": "Partial response", "SD": "Stable disease", "PD": "Progressive disease"}
RESPONSE = Response(
    "best", LEVELS, ("CR", "PR"), ("CR", "PR", "SD"), "liver", Flag("new", "yes"), "recist", Flag("counted", "yes")
)
LESION = Lesion("liver", "Liver lesion", "before", "after", "mm")
COUNTS = {"new": (1, 4, 3, 2), "old": (0, 1, 3, 6)}


def records(*, p=0.2, left_out=0, change=-5.0, after=-3.0, same=18, median=False) -> Results:
    """Return records of ten patients an arm; ``left_out`` patients of the first arm with SD are not in the printed table."""
    results = Results("response")
    for arm, counts in COUNTS.items():
        for level, count in zip(LEVELS, counts, strict=True):
            results.add("best_response", group=arm, term=level, value=count, unit="count")
            gap = left_out if (arm, level) == ("new", "SD") else 0
            results.add("count", group=arm, term=level, value=count - gap, unit="count")
        for name, share in (("orr", sum(counts[:2]) / 10), ("dcr", sum(counts[:3]) / 10), ("dcr_counted", 0.75)):
            results.add(name, group=arm, value=share, low=0.1, high=0.9, unit="proportion")
        for name, value in (("measured", 10), ("shrunk", 8), ("new_lesion_only", 1)):
            results.add(name, group=arm, value=value, unit="patients")
        _diameters(results, arm, change, median)
    for term in ("best_response", "counted", "orr", "dcr"):
        for name in ("test", "chi2", "trend", "boschloo"):
            results.add(name, term=term, value=3.5, p=p, unit="statistic", method="a test")
    for name in ("orr", "dcr"):
        results.add(f"{name}_difference", value=0.4, low=-0.02, high=0.7, unit="risk difference")
    _criteria(results)
    for time, value in (("before", 1.0), ("after", after), ("change", -4.0)):
        results.add("diameter_test", term=f"liver:{time}", value=1.0, p=p, unit="statistic", method="t test")
        results.add("diameter_difference", term=f"liver:{time}", value=value, low=-6, high=6, unit="mm")
    results.add("agreement", term="recist", value=same / 20, unit="proportion")
    return results


def _diameters(results: Results, arm: str, change: float, median: bool) -> None:
    results.add(
        "diameter_paired", group=arm, term="liver", value=1.0, p=0.0001, unit="statistic", method="paired t test"
    )
    results.add("diameter_change", group=arm, term="liver", value=change, unit="mm")
    for time in ("before", "after", "change"):
        where = {"group": arm, "term": f"liver:{time}", "unit": "mm"}
        results.add("diameter_mean", value=20.0, low=18.0, high=22.0, **where)
        results.add("diameter_sd", value=4.0, **where)
        if median:
            results.add("diameter_median", value=19.0, low=17.0, high=23.0, **where)


def _criteria(results: Results) -> None:
    for rules in CRITERIA:
        for name in ("orr", "dcr"):
            for arm in COUNTS:
                share = 0.5 if name == "dcr" or rules == "who" else 0.3
                results.add(f"{name}_by_criteria", group=arm, term=rules, value=share, unit="proportion")
            results.add(f"{name}_difference_by_criteria", term=rules, value=0.1, unit="risk difference")
            results.add(f"{name}_test_by_criteria", term=rules, p=0.3)


def printed(location: str):
    """Return printed numbers for one of the tables: all counts of Table 2, or rates and tests of Table 3."""
    values, links = [], []

    def add(id, place, quantity, text, name, group=None, term=None):
        decimals = len(text.partition(".")[2])
        values.append(PrintedNumber(id, place, "", "", quantity, text, "", "", float(text), "", decimals))
        links.append(Link(id, "response", name, None, group, term, None))

    for arm, counts in COUNTS.items():
        for level, count in zip(LEVELS, counts, strict=True):
            add(f"{arm}_{level}", "Table 2", "count", str(count), "count", arm, level)
        add(f"{arm}_orr", "Table 3", "percentage", {"new": "50.00", "old": "11.00"}[arm], "orr", arm)
    add("x2", "Table 2", "chi-square statistic", "9.000", "chi2", term="counted")
    add("p2", "Table 2", P_VALUE, "0.030", "test", term="counted")
    add("x3", "Table 3", "chi-square statistic", "4.000", "chi2", term="orr")
    add("p3", "Table 3", P_VALUE, "0.046", "test", term="orr")
    return beside(Published(Path("f"), tuple(values), tuple(links)), "response", location)
