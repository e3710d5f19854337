"""The built site is whole: every page, every table and figure of the article, no blank, no broken link."""

from __future__ import annotations

import copy
import re
from urllib.parse import unquote, urlsplit

import pytest

TABLES = [f"Table {n}" for n in range(1, 12)]
FIGURES = ["Figure 1", "Figure 2", "Figure 3", "Figure 4", "Figure 5A", "Figure 5B", "Figure 5C"]
BADGE = "not observed patients"


def captions(pages) -> dict[str, tuple[str, object]]:
    """Return for every numbered caption its page and element."""
    found = {}
    for name, page in pages.items():
        for caption in page.select("figcaption, table caption"):
            if match := re.match(r"\s*((?:Table|Figure) S?\d+[A-Ca-c]?)\.", caption.get_text()):
                assert match[1] not in found, f"{match[1]} is shown twice: {found[match[1]][0]} and {name}"
                found[match[1]] = (name, caption)
    return found


def test_every_page_has_a_title_and_text(pages):
    assert "index" in pages and len(pages) >= 14
    for name, page in pages.items():
        assert page.h1 and page.h1.get_text().strip("#¶ \n"), name
        assert len(page.select_one("article").get_text().split()) > 30, name


@pytest.mark.parametrize("number", TABLES + FIGURES)
def test_the_articles_table_or_figure_is_there(pages, number):
    assert number in captions(pages)


def test_supplementary_numbers_ascend_without_gaps(pages):
    for kind in ("Table", "Figure"):
        numbers = [int(name.split("S")[1]) for name in captions(pages) if name.startswith(f"{kind} S")]
        assert numbers == list(range(1, len(numbers) + 1)), f"{kind}s S{numbers}"


def test_each_table_and_figure_of_patients_says_that_they_are_reconstructed(pages):
    for number, (name, caption) in captions(pages).items():
        if name != "notebooks/methods" or number.startswith("Figure"):
            assert BADGE in caption.get_text(), f"{number} on {name}"


def test_every_figure_states_its_finding_in_its_alt_text(pages):
    images = [
        (name, image) for name, page in pages.items() for image in page.select("article :is(img, .drawing > svg)")
    ]
    assert len(images) >= 7
    for name, image in images:
        alt = image.get("alt") or image.get("aria-label", "")
        assert len(alt.split()) >= 12, f"{name}: {alt!r}"
        assert not re.search(r"\.(svg|png)$", alt), f"{name}: {alt!r}"


def test_no_blank_or_raw_value_is_shown(pages):
    for name, page in pages.items():
        prose = copy.copy(page.select_one("article"))
        for code in prose.select("pre, code"):
            code.extract()
        text = prose.get_text()
        for sign in (r"\bnan\b", r"\bNone\b", r"\{\{", r"\}\}", r"\binf\b", r":::", r"\{cite\}", r"\{doc\}"):
            assert not re.search(sign, text), f"{name}: {sign} in {re.search('.{40}' + sign + '.{20}', text, re.S)}"
        for table in page.select("article table"):
            for cell in table.select("td"):
                assert cell.get_text().strip(), f"{name}: an empty cell in {table.get_text()[:80]!r}"


def test_no_cell_of_a_notebook_failed_or_echoed_an_object(pages):
    for name, page in pages.items():
        for output in page.select("div.cell_output"):
            assert "Traceback" not in output.get_text(), name
            assert not re.search(r"Record\(|<[\w.]+ (object )?at 0x|<Axes|<Figure", output.get_text()), name


def test_no_link_is_broken(pages, site):
    anchors = {name: {tag["id"] for tag in page.select("[id]")} for name, page in pages.items()}
    for name, page in pages.items():
        folder = (site / f"{name}.html").parent
        for link in page.select("a[href]"):
            target = urlsplit(link["href"])
            if target.scheme or link["href"] in ("#", ""):
                continue
            path = (folder / unquote(target.path)).resolve() if target.path else site / f"{name}.html"
            assert path.exists(), f"{name}: {link['href']}"
            if target.fragment and path.suffix == ".html":
                page_name = str(path.relative_to(site).with_suffix(""))
                if page_name in anchors:
                    assert target.fragment in anchors[page_name], f"{name}: {link['href']}"


def test_no_patient_row_is_shown_even_of_invented_patients(pages):
    for name, page in pages.items():
        assert not re.search(r"\b[PX]\d{3}\b", page.select_one("article").get_text()), name
