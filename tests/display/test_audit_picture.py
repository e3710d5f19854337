"""The picture of the audit."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from living_article.audit.outcome import Verdict
from living_article.audit.run import audit_folder, by_section
from living_article.display.audit_picture import alt_text, bar, picture

FOLDER = Path(__file__).parents[2] / "data" / "published"


@pytest.fixture(scope="module")
def findings():
    return audit_folder(FOLDER)


@pytest.fixture(scope="module")
def page(findings):
    return BeautifulSoup(picture(findings), "html.parser")


def test_bars_are_as_long_as_their_counts(findings, page):
    widths: dict[str, float] = {}
    for rect in page.find_all("rect"):
        key = rect["class"][0]
        widths[key] = widths.get(key, 0) + float(rect["width"])
    counts = {f"v-{v.name.lower().replace('_', '-')}": sum(f.verdict is v for f in findings) for v in Verdict}
    assert set(widths) == {key for key, n in counts.items() if n}
    scale = widths["v-reproduces"] / counts["v-reproduces"]
    for key, width in widths.items():
        assert width == pytest.approx(scale * counts[key], abs=0.6), key


def test_nothing_leaves_the_picture(page):
    _, _, width, height = map(float, page.svg["viewbox" if page.svg.get("viewbox") else "viewBox"].split())
    for rect in page.find_all("rect"):
        assert float(rect["x"]) + float(rect["width"]) <= width
        assert float(rect["y"]) + float(rect["height"]) <= height
    for total in page.find_all("text", class_="audit-total"):
        assert float(total["x"]) + 9 * len(total.text) <= width


def test_it_is_told_in_words_too(findings, page):
    assert page.svg["role"] == "img" and page.svg["aria-labelledby"] == "audit-title audit-desc"
    assert page.find(id="audit-desc").text == alt_text(findings)
    for section, counts in by_section(findings).items():
        assert re.search(rf"{section.capitalize()}: of {sum(counts.values())}, ", alt_text(findings))
    assert len(page.find_all("li")) == len(Verdict) and page.figcaption.text.startswith(f"Of {len(findings)} printed")


def test_the_bar_of_all_claims_is_filled_in_the_order_of_the_legend(findings):
    found = BeautifulSoup(bar(findings), "html.parser")
    end = 0.0
    for rect in found.find_all("rect"):
        assert float(rect["x"].rstrip("%")) == pytest.approx(end, abs=0.02)
        verdict = next(v for v in Verdict if rect["class"] == [f"v-{v.name.lower().replace('_', '-')}"])
        share = 100 * sum(f.verdict is verdict for f in findings) / len(findings)
        assert float(rect["width"].rstrip("%")) == pytest.approx(share, abs=0.01)
        end += share
    assert end == pytest.approx(100)
    assert found.svg["aria-label"].startswith(f"{len(findings)} claims: ")
    assert len(found.find_all("li")) == len(Verdict)
