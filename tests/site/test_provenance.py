"""Where the book comes from and what it offers: links below figures and tables, pages of source, the foot, the status."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import nbformat
import pandas as pd
from bs4 import BeautifulSoup


def sections(pages) -> dict[str, BeautifulSoup]:
    return {name: page for name, page in pages.items() if name.startswith("notebooks/")}


def test_each_figure_and_table_offers_its_files_and_leads_to_its_code(pages, site):
    count = 0
    for name, page in sections(pages).items():
        for row in page.select(".display-links"):
            links = {a.find(string=True): a["href"] for a in row.select("a")}
            title = re.search(r"of (Figure|Table) (\w+)", row.select_one(".visually-hidden").get_text())
            shown = f"{title[1].lower()}-{title[2]}"
            files = {"Data (CSV)": "csv"} | ({"SVG": "svg", "PNG": "png"} if title[1] == "Figure" else {})
            for label, ending in files.items():
                path = ((site / f"{name}.html").parent / links[label]).resolve()
                assert path.name == f"{shown}.{ending}" and path.stat().st_size > 20
            code = page.select_one(links["Code"])
            assert title[2].upper() in code.summary.get_text(), (shown, code.summary.get_text())
            count += 1
    assert count >= 30
    assert count == sum(len(p.select("figure[id^=figure-], table[id^=table-]")) for p in sections(pages).values())


def test_the_csv_of_a_table_has_its_cells(pages, site):
    for page in sections(pages).values():
        for table in page.select("table[id^=table-]"):
            frame = pd.read_csv(site / "files" / f"{table['id']}.csv", dtype=str, keep_default_na=False)
            body = [cell.get_text() for cell in table.select("tbody tr > :first-child")]
            assert frame.iloc[:, 0].tolist() == [text.replace("\u2019", "'") for text in body] or len(body) == len(
                frame
            )
            assert len(frame) == len(body), table["id"]


def test_the_csv_of_a_figure_has_numbers(site):
    files = sorted((site / "files").glob("figure-*.csv"))
    assert len(files) >= 10
    for path in files:
        frame = pd.read_csv(path)
        assert len(frame) and {"x", "y", "data"} <= set(frame), path.name


def test_every_link_to_a_source_leads_to_its_function(pages, site):
    linked = set()
    for name, page in sections(pages).items():
        for link in page.select("a.source"):
            target, _, anchor = link["href"].partition("#")
            linked.add((((site / f"{name}.html").parent / target).resolve(), anchor))
    assert len(linked) > 40
    for path, anchor in linked:
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        assert not anchor or page.find(id=anchor).select_one(".docstring").get_text().strip(), (path, anchor)


def test_links_of_the_pages_of_source_resolve(site):
    for path in (site / "functions").rglob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for link in page.select("a[href]"):
            target, _, anchor = link["href"].partition("#")
            if target and "://" not in target:
                assert (path.parent / target).resolve().exists(), (path, target)
            elif anchor and not target:
                assert page.find(id=anchor), (path, anchor)


def test_notebooks_are_offered_as_written_and_as_executed(project, pages, site):
    for name, page in sections(pages).items():
        section = Path(name).name
        offered = [link["href"] for link in page.select(".provenance a[download]")]
        assert offered == [f"../files/{section}.py", f"../files/{section}.ipynb"]
        assert (site / "files" / f"{section}.py").read_bytes() == project.notebook(section).read_bytes()
        node = nbformat.read(site / "files" / f"{section}.ipynb", as_version=4)
        assert any(cell.get("outputs") for cell in node.cells)


def test_every_page_says_what_it_was_made_from(project, pages):
    table = hashlib.sha256((project.root / "data" / "cohort.csv").read_bytes()).hexdigest()
    for name, page in pages.items():
        foot = page.select_one("details.provenance").get_text()
        assert table[:16] in foot and "lifelines" in foot and "Commit" in foot, name


def test_the_status_page_has_a_row_for_each_notebook(project, pages):
    rows = pages["book/status"].select("table")[0].select("tbody tr")
    assert [row.select_one("a")["href"] for row in rows] == [f"../notebooks/{s}.html" for s in project.sections()]
    shown = {row.td.get_text(): [td.get_text() for td in row.select("td")[3:5]] for row in rows}
    for section, (figures, tables) in shown.items():
        page = pages[f"notebooks/{section}"]
        assert int(figures) == len(page.select("figure[id^=figure-]")), section
        assert int(tables) == len(page.select("table[id^=table-]")), section
