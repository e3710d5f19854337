"""The first screen of the book is an abstract: findings, what the patients are, how much of the article reproduces."""

from __future__ import annotations

import pytest

from .conftest import SIZES


def bottom(page, selector: str) -> float:
    """Return how far down the page the last of these elements ends, in pixels."""
    boxes = [element.bounding_box() for element in page.locator(selector).all()]
    return max(box["y"] + box["height"] for box in boxes)


def test_findings_and_audit_are_on_the_first_screen(show):
    page = show("index")
    assert page.locator(".finding").count() == 3
    screen = SIZES["desktop"][1]
    for part in ("article h1", ".provenance-badge", ".finding", ".audit-whole"):
        assert bottom(page, part) <= screen, part
    assert page.locator(".audit-whole").bounding_box()["width"] > 600


def test_a_phone_shows_title_patients_and_the_first_finding_first(show):
    page = show("index", size="phone")
    assert bottom(page, "article h1") < 240
    assert bottom(page, ".provenance-badge") < 600
    assert bottom(page, ".finding >> nth=0") <= SIZES["phone"][1] + 20


@pytest.mark.parametrize("size", SIZES)
def test_nothing_of_a_finding_is_cut_off_or_overlaps(show, size):
    page = show("index", size=size)
    for finding in page.locator(".finding").all():
        frame = finding.bounding_box()
        for part in finding.locator("p, .finding-arms, .finding-axis").all():
            box = part.bounding_box()
            assert box["x"] >= frame["x"] - 1 and box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
        for drawing, numbers in zip(
            finding.locator(".finding-arms").all(), finding.locator(".finding-values").all(), strict=True
        ):
            drawn, told = drawing.bounding_box(), numbers.bounding_box()
            assert drawn["x"] + drawn["width"] <= told["x"]
            assert drawn["width"] >= 90
            assert abs(drawn["height"] - told["height"]) < 2


def test_each_finding_leads_to_its_section_and_the_bar_to_the_audit(show):
    page = show("index")
    links = page.eval_on_selector_all(".finding a", "links => links.map(link => link.getAttribute('href'))")
    assert links == ["notebooks/survival.html", "notebooks/response.html", "notebooks/toxicity.html"]
    assert page.locator("#how-much-of-the-article-reproduces a[href='book/audit.html']").count() == 1
