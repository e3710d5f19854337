"""Adverse events of yes and no, and of grades."""

from living_article.patients.table_files import TableFile
from living_article.study.drafting.draft import draft
from tests.study.drafting.patients import LABELS, LEVELS, patients


def test_grades_of_adverse_events_become_severe_or_not():
    table = patients().assign(**{"Neutropenia grade": ["0", "3", "", "5"] * 20, "nausea": ["yes", "no"] * 40})
    made = draft(TableFile(table, LABELS, LEVELS), "my-trial")
    assert made.content["toxicity"]["groups"]["severe_events"] == {
        "label": "Adverse events of grade 3 or higher", "events": {"Neutropenia grade 3+": "Neutropenia"},
    }  # fmt: skip
    assert made.table["Neutropenia grade 3+"].tolist() == ["0", "yes", "", "yes"] * 20
    assert "Neutropenia_grade" not in made.content["covariates"]
    assert any(remark.startswith("Neutropenia grade 3+: added, yes for grade 3") for remark in made.remarks)
