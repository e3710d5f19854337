from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from living_article.display.front_page import front_page
from living_article.study import load_study

STUDY = load_study(Path(__file__).parents[2] / "data" / "study.yml")
SPOKEN = {
    "survival": {"medians_os": "It was longer.", "medians_pfs": "It was shorter."},
    "cox": {"treatment": "The hazard was lower.", "model": "All together."},
    "nomogram": {"span": "Nothing to report here."},
}


def test_title_population_arms_and_endpoints_come_from_the_study():
    page = front_page(STUDY, {})
    assert page.startswith(f"# {STUDY.title}\n")
    assert STUDY.population in page
    assert "thalidomide + ifosfamide with etoposide + ifosfamide" in page
    assert (
        "The primary endpoint is overall survival (event: death); a further endpoint is progression-free survival."
        in page
    )


def test_findings_are_the_sentences_of_the_primary_endpoint_under_their_section():
    page = front_page(STUDY, SPOKEN)
    assert "- {doc}`notebooks/survival`:\n  It was longer.\n" in page
    assert "- {doc}`notebooks/cox`:\n  The hazard was lower.\n" in page
    for other in ("It was shorter.", "All together.", "nomogram"):
        assert other not in page


@pytest.mark.parametrize(("kind", "told"), [("patients", True), ("simulated", False)])
def test_readers_are_told_that_single_patients_are_not_shown(kind, told):
    study = replace(STUDY, provenance=replace(STUDY.provenance, kind=kind))
    assert ("no value of a single patient" in front_page(study, {})) is told


def test_drawn_findings_come_first_and_without_them_the_badge_stands_alone():
    page = front_page(STUDY, SPOKEN, "CARDS")
    assert page.index("CARDS") < page.index("It was longer.")
    badge = f"[{STUDY.provenance.badge}]{{.provenance-badge}}"
    assert badge in front_page(STUDY, SPOKEN) and badge not in page
