from __future__ import annotations

from living_article.display.status import status_page

MADE = {
    "fingerprint": "0123456789abcdef", "parameters": {"seed": 7, "alpha": 0.05},
    "warnings": 1, "figures": 2, "tables": 3, "records": 40,
}  # fmt: skip
FACTS = {
    "commit": "abc", "modified": False, "repository": "", "data": [{"file": "a.csv", "sha256": "ff"}],
    "versions": {"python": "3.11"}, "sections": {"cox": MADE},
}  # fmt: skip


def test_a_row_for_each_notebook():
    row = next(line for line in status_page(FACTS).splitlines() if line.startswith("| {doc}"))
    assert [cell.strip() for cell in row.strip("|").split("|")] == [
        "{doc}`cox <../notebooks/cox>`", "ok", '<span data-run-time="cox">not kept</span>',
        "2", "3", "40", "1", "7", "`01234567`",
    ]  # fmt: skip


def test_parameters_and_sources_are_told():
    page = status_page(FACTS)
    assert "cox\n: `alpha=0.05`\n" in page
    long = MADE | {"parameters": {"thresholds": [n / 100 for n in range(1, 100)], "terms": list("abcdefghijklmn")}}
    page_long = status_page(FACTS | {"sections": {"validation": long}})
    assert "`thresholds=[0.01, 0.02, … 0.99] (99 values)`" in page_long and '"m", "n"]`' in page_long
    assert "The commit is `abc`.\n" in page
    assert "| `a.csv` | `ff` |" in page
    assert "with changes that are not committed" in status_page(FACTS | {"modified": True})
    assert "No commit is known." in status_page(FACTS | {"commit": ""})
