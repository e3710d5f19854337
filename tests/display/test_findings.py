"""What the findings say turns round with the numbers, and a section that was not run says nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from living_article.disclosure.small_cells import HIDDEN
from living_article.display.findings import Finding, Row, _known, claim, findings
from living_article.records import Record, Results
from living_article.study import load_study

STUDY = load_study(Path(__file__).parents[2] / "data" / "study.yml")
ARMS = STUDY.arms


def row(label, effect, p, unit="risk difference"):
    record = Record("s", "x", value=0.2, unit="proportion")
    return Row(
        label,
        (record, record),
        Record("s", "d", value=effect, unit=unit, note="none"),
        Record("s", "t", p=p, note="none"),
        "All.",
    )


def said(*rows):
    return claim(Finding("s", "% of patients", "more frequent", "less frequent", rows, 0.05), ARMS)


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([row("Relief", 0.2, 0.01)], "Relief was more frequent with thalidomide + ifosfamide."),
        ([row("Relief", -0.2, 0.01)], "Relief was less frequent with thalidomide + ifosfamide."),
        ([row("Relief", 0.2, 0.06)], "Relief did not differ significantly."),
        ([row("Relief", None, None)], "Relief could not be tested."),
        ([row("Relief", 0.2, 0.06), row("Pain", 0.1, 0.5)], "No difference is statistically significant."),
        (
            [row("Relief", 0.2, 0.01), row("Pain", -0.2, 0.04), row("LDH", 0.1, 0.5)],
            "Relief was more frequent with thalidomide + ifosfamide. Pain was less frequent with thalidomide + "
            "ifosfamide. LDH did not differ significantly.",
        ),
        (
            [row("Relief", 0.2, 0.01), row("Sleep", 0.2, 0.01)],
            "Relief and sleep were more frequent with thalidomide + ifosfamide.",
        ),
    ],
)
def test_the_claim_follows_from_direction_and_test(rows, text):
    assert said(*rows) == text


def test_a_section_of_which_nothing_is_shown_has_no_finding():
    assert _known(row("Relief", 0.2, 0.01))
    hidden = Record("s", "n", note=HIDDEN)
    assert not _known(Row("Relief", (hidden, hidden), hidden, hidden, "All."))


@pytest.mark.parametrize(("ratio", "direction"), [(0.5, 1), (2.0, -1), (1.0, 0), (None, 0)])
def test_a_lower_hazard_is_longer_survival(ratio, direction):
    effect = row("Survival", ratio, 0.01, "hazard ratio").direction
    assert (effect > 0) - (effect < 0) == direction


def survival(*endpoints):
    results = Results("survival")
    for endpoint in endpoints:
        for arm, value in zip(ARMS, (20.0, 10.0), strict=True):
            results.add("median", endpoint=endpoint, group=arm.id, value=value, low=8, high=25, unit="months")
        results.add("logrank", endpoint=endpoint, value=5.0, p=0.02, unit="statistic")
        results.add("hazard_ratio", endpoint=endpoint, value=0.5, low=0.3, high=0.9, unit="hazard ratio")
    return results


def test_endpoints_that_were_run_are_rows_with_their_sentence():
    (found,) = findings(STUDY, {"survival": survival("os"), "cox": Results("cox")}, {"survival": 0.05, "cox": 0.05})
    assert [row.label for row in found.rows] == ["Overall survival"]
    assert claim(found, ARMS) == "Overall survival was longer with thalidomide + ifosfamide."
    assert found.rows[0].sentence.startswith("Median overall survival was 20.0 months (95% CI 8.0 to 25.0)")


def test_of_many_endpoints_the_primary_one_is_shown():
    many = {name: replace(STUDY.primary, id=name) for name in ("a", "b", "c")} | {"os": STUDY.primary}
    (found,) = findings(replace(STUDY, endpoints=many), {"survival": survival(*many)}, {"survival": 0.05})
    assert [row.sentence[:23] for row in found.rows] == ["Median overall survival"]


def test_of_many_organ_systems_any_event_is_shown():
    from .toxicity_records import records

    arms = replace(ARMS, treated=replace(ARMS.treated, id="new"), reference=replace(ARMS.reference, id="old"))
    groups = tuple(replace(STUDY.toxicity[0], id=name) for name in "abcd")
    (found,) = findings(replace(STUDY, arms=arms, toxicity=groups), {"toxicity": records()}, {"toxicity": 0.05})
    assert [row.label for row in found.rows] == ["Any adverse event"]


def test_a_study_of_lesions_without_responses_has_no_finding_of_them():
    study = replace(STUDY, response=None)
    assert findings(study, {"response": Results("response")}, {"response": 0.05}) == []
