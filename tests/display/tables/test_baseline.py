"""Cells of the baseline tables."""

from pathlib import Path

from living_article.display.printed import P_VALUE, beside
from living_article.display.tables import baseline
from living_article.published import Link, PrintedNumber, Published
from tests.display.baseline_records import AGE, ARMS, COVARIATES, SEX, SITE, records


def test_one_row_for_two_levels_and_one_a_level_for_more():
    frame = baseline.summary(ARMS, COVARIATES, records())
    assert list(frame.index) == [
        "Age, years: mean ± SD",
        "Sex: male, n (%)",
        "Site: arm, n (%)",
        "Site: leg, n (%)",
        "Site: hip, n (%)",
    ]
    assert frame.columns[0] == "New drug (n = 20)"
    assert list(frame.loc["Sex: male, n (%)"])[:2] == ["10 (50.0)", "10 (50.0)"]
    assert list(frame.iloc[3])[2:] == [baseline.NOT_APPLICABLE] * 4, "the test is of all levels, said once"
    assert "not estimable" in frame.iloc[2]["P"]


def test_median_replaces_mean_where_the_rule_says_so():
    frame = baseline.summary(ARMS, COVARIATES, records(median=True, missing=2))
    assert frame.loc["Age, years: median (IQR)", "New drug (n = 20)"] == "29.0 (25.0 to 33.0)"
    assert frame.loc["Age, years: median (IQR)", "Missing"] == "4"
    assert baseline.summary(ARMS, [AGE], records()).iloc[0, 0] == "30.0 ± 6.0"


def test_printed_numbers_stand_beside_the_recomputed():
    def value(id, quantity, printed, number, decimals):
        return PrintedNumber(id, "Table 1", "r", "c", quantity, printed, "", "", number, "", decimals)

    values, links = [], []
    for group in ("new", "old"):
        values.append(value(f"n_{group}", "count", "11", 11.0, 0))
        links.append(Link(f"n_{group}", "baseline", "count", None, group, "sex:m", None))
    values += [value("x", "chi-square statistic", "1.500", 1.5, 3), value("p", P_VALUE, "0.912", 0.912, 3)]
    links += [
        Link("x", "baseline", "chi2", None, None, "sex", None),
        Link("p", "baseline", "test", None, None, "sex", None),
    ]
    printed = beside(Published(Path("f"), tuple(values), tuple(links)), "baseline", "Table 1")

    assert [c.id for c in COVARIATES if baseline.is_printed(ARMS, c, printed)] == ["sex"]
    assert not baseline.is_printed(ARMS, SITE, printed)
    row = baseline.as_printed(ARMS, [SEX], records(), printed).loc["Sex"]
    assert list(row) == ["11", "11", "1.500", "1.500", "0.000", "0.912", "0.300", "0.912", "1.000"]
