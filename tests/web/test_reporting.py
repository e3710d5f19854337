"""A checklist in a book: each kind of target resolves, and one that is not there fails the build."""

from __future__ import annotations

import pytest
import yaml

from living_article.display.reporting import reporting_page
from living_article.reporting.checklist import load_checklists
from living_article.run.book import build_book
from living_article.run.failures import SiteError

GOOD = {"Figure 2": "#figure-2", "Beta": "notebooks/beta", "Alpha": "notebooks/alpha#alpha", "Last": "book/last#last"}
WRONG = ("#figure-two", "notebooks/gamma", "notebooks/alpha#omega", "book/last#first", "book/lost#last")
ITEM = {"item": "1", "section": "Title", "asks": "A title", "article": "not reported", "note": "No word."}
HEAD = {"id": "mini", "title": "MINI", "subject": "Small studies", "year": 2020, "reading": "Read as it is."}


@pytest.fixture
def build(mini, project):
    """Return a function that builds the small book with a checklist whose one item has these targets."""
    toc, folder = project.root / "_toc.yml", project.root / "data" / "reporting"
    toc.write_text(toc.read_text() + "  - file: book/reporting\n")
    project.study.write_text("id: mini\ntable: cohort.csv\narticle: {citation: someone2020, reporting: reporting}\n")
    folder.mkdir()

    def prose(*given):
        context, pages = mini.prose(*given)
        return context, pages | reporting_page(load_checklists(folder))

    def build(targets: dict[str, str]):
        content = HEAD | {"citations": ["someone2020"], "items": [ITEM | {"book": targets}]}
        (folder / "mini.yml").write_text(yaml.safe_dump(content))
        return build_book(project, prose=prose)

    return build


def test_targets_that_exist_are_links_and_others_fail_the_build(build, project):
    build(GOOD)
    page = (project.site / "book" / "reporting.html").read_text("utf-8")
    hrefs = ("../notebooks/alpha.html#figure-2", "../notebooks/beta.html", "../notebooks/alpha.html#alpha", "last.html")
    for href in hrefs:
        assert f'href="{href}' in page
    with pytest.raises(SiteError) as caught:
        build(GOOD | {target: target for target in WRONG})
    told = [line for line in str(caught.value).splitlines() if "book/reporting.md" in line]
    for target in WRONG:
        assert any(target.split("#")[-1] in line for line in told), f"{target}: {told}"
    assert not any(good.split("#")[-1] in line for good in ("#figure-2", "notebooks/beta") for line in told)
    assert (project.site / "book" / "reporting.html").read_text("utf-8") == page, "the last site stays"
