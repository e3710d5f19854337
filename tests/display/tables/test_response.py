"""Cells of the response tables."""

from dataclasses import replace

from living_article.display.tables import response
from living_article.records import Results
from living_article.statistics.response import CRITERIA
from tests.display.response_records import ARMS, LESION, RESPONSE, printed, records


def test_categories_show_all_counted_and_printed():
    frame = response.categories(ARMS, RESPONSE, records(left_out=2), printed("Table 2"))
    assert list(frame["Patients"]) == ["10", "10", "8", "10", "10", "10"]
    assert list(frame.loc["New drug"]) == ["1 (10.0)", "4 (40.0)", "3 (30.0)", "2 (20.0)", "10"]
    assert frame.loc["New drug, patients in the printed table", "Stable disease"] == "1 (12.5)"
    assert list(frame.loc["First group, printed"]) == ["1", "4", "3", "2", "10"]


def test_categories_without_a_printed_table():
    frame = response.categories(ARMS, replace(RESPONSE, counted=None), records(), None)
    assert list(frame.index) == ["New drug", "Old drug"]


def test_notes_name_every_test_and_the_printed_one():
    notes = response.category_tests(RESPONSE, records(p=0.0001), printed("Table 2"))
    assert "Pearson's χ² = 3.500, P < 0.001; Fisher's exact test P < 0.001" in notes[0]
    assert notes[1].startswith("Patients in the printed table") and notes[2] == "Printed: χ² = 9.000, P = 0.030."
    assert len(response.category_tests(replace(RESPONSE, counted=None), records(), None)) == 1


def test_rates_beside_the_printed():
    frame = response.rates(ARMS, records(), printed("Table 3"), 0.1)
    assert frame.loc["New drug, % (90% CI)", "Objective response"] == "50.0 (10.0 to 90.0)"
    assert frame.loc["Difference, percentage points (90% CI)", "Disease control"] == "40.0 (−2.0 to 70.0)"
    assert list(frame.loc["Second group, %, printed"]) == ["11.00", response.NOT_PRINTED]
    assert not [row for row in response.rates(ARMS, records(), None, 0.05).index if "printed" in row]


def test_two_rows_for_each_set_of_criteria():
    frame = response.criteria(ARMS, list(CRITERIA.values()), records(), 0.05)
    assert len(frame) == 6
    assert list(frame.iloc[4]) == ["50.0", "50.0", "10.0", "0.300"]


def test_an_acronym_in_the_label_of_a_rate_keeps_its_capitals(monkeypatch):
    monkeypatch.setattr(response, "RATES", {"orr": "Response on CT", "dcr": "RECIST control"})
    frame = response.criteria(ARMS, list(CRITERIA.values())[:1], records(), 0.05)
    label = next(iter(CRITERIA.values())).label
    assert list(frame.index) == [f"{label}: response on CT", f"{label}: RECIST control"]


def test_diameters_as_mean_or_median():
    frame = response.diameters(ARMS, [LESION], records(), 0.05)
    assert list(frame.loc["Liver lesion, mm: before, mean ± SD"]) == [
        "20.0 ± 4.0",
        "20.0 ± 4.0",
        "1.0 (−6.0 to 6.0)",
        "0.200, t test",
    ]
    assert frame.loc["Liver lesion: P of the change within the arm", "Old drug"] == "< 0.001, paired t test"
    frame = response.diameters(ARMS, [LESION], records(median=True), 0.05)
    assert frame.loc["Liver lesion, mm: after, median (IQR)", "New drug"] == "19.0 (17.0 to 23.0)"


def test_the_patients_of_an_arm_stand_beside_hidden_counts():
    results = Results("response", limit=5)
    for arm, counts in (("new", (1, 12, 16, 26)), ("old", (9, 14, 8, 28))):
        results.add("patients", group=arm, value=sum(counts) + 6, unit="patients")
        results.add("missing", group=arm, term="best_response", value=6, unit="patients")
        for level, count in zip(RESPONSE.levels, counts, strict=True):
            results.add("best_response", group=arm, term=level, value=count, unit="count")
    for name in ("test", "chi2", "trend"):
        results.add(name, term="best_response", value=1.0, p=0.1, unit="statistic")
    frame = response.categories(ARMS, replace(RESPONSE, counted=None), results, None)
    assert (
        list(frame.loc["New drug"]) == ["< 5", "not shown", "16", "26", "55"] and frame.loc["Old drug"].iloc[-1] == "59"
    )
