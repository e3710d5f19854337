from __future__ import annotations

import os
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from living_article.run.failures import SiteError
from living_article.web import site


def page(built, name):
    return BeautifulSoup((built.site / name).read_text(encoding="utf-8"), "html.parser")


def test_a_figure_has_caption_label_and_alt_text_and_is_linked_from_another_page(built):
    article = page(built, "notebooks/alpha.html").find("article")
    figure = article.find("figure", id="figure-2")
    assert figure.find("svg", role="img")["aria-label"] == "A black box."
    assert figure.find("figcaption").get_text().strip().startswith("Figure 2. A box.")
    assert "A sentence after it." in article.get_text()
    assert "A sentence after it." not in figure.get_text()
    links = {a.get_text(): a["href"] for a in page(built, "index.html").find("article").find_all("a")}
    assert links["Figure 2"] == "notebooks/alpha.html#figure-2"
    assert links["Table 3"] == "notebooks/beta.html#table-3"


def test_a_table_is_the_one_made_for_the_book_with_its_own_number(built):
    article = page(built, "notebooks/beta.html").find("article")
    table = article.find("table", id="table-3")
    assert table.find("caption").get_text().strip().startswith("Table 3. Two numbers.")
    assert [cell.get_text() for cell in table.find_all("td")] == ["1", "2"]
    assert article.find(id="jupyter") is None
    assert "A note." in article.get_text()


def test_code_of_display_cells_folds_and_bookkeeping_is_hidden(built):
    article = page(built, "notebooks/alpha.html").find("article")
    folded = [details.get_text() for details in article.select("details.hide")]
    assert len(folded) == 3
    assert "Show code: parameters" in folded[0] and "seed" in folded[0]
    assert "drawing" in folded[-1]
    assert "write_text" not in article.get_text()


def test_pages_hold_no_mathjax_and_no_version_of_this_machine(built):
    assert (built.site / ".nojekyll").is_file()
    for path in built.site.rglob("*"):
        assert path.name not in (".buildinfo", ".doctrees", "environment.pickle")
        if path.suffix in (".html", ".js", ".ipynb") and path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            assert str(built.root) not in text, path
            assert "mathjax@" not in text, path


def test_warnings_are_errors_shown_on_one_screen(built, tmp_path):
    import shutil

    stage = tmp_path / "stage"
    shutil.copytree(built.build / "stage", stage)
    lines = "".join(f"[see](#nothing-{n})\n" for n in range(30))
    (stage / "index.md").write_text(f"# Mini\n\n{lines}")
    with pytest.raises(SiteError) as error:
        site.build_site(stage, tmp_path / "work", log=tmp_path / "site.log")
    message = str(error.value)
    assert "index.md:3: WARNING" in message
    assert "nothing-0" in message
    assert "and 10 more" in message
    assert len(message.splitlines()) <= 24
    assert "nothing-29" in (tmp_path / "site.log").read_text()


def _new(folder: Path, name: str) -> Path:
    html = folder / f"work-{name}" / "html"
    html.mkdir(parents=True)
    for part in ("index.html", "page.html"):
        (html / part).write_text(name)
    return html


def _shown(link: Path) -> set[str]:
    return {(link / part).read_text() for part in ("index.html", "page.html")}


def test_swapping_shows_the_new_site_and_removes_the_old(tmp_path):
    link = tmp_path / "html"
    assert site.current(link) is None
    for name in ("one", "two", "two"):
        site.swap_in(_new(tmp_path / str(len(list(tmp_path.iterdir()))), name), link, name)
        assert site.current(link) == name
        assert _shown(link) == {name}
        assert [p.name for p in (tmp_path / "sites").iterdir()] == [name]
    assert not link.readlink().is_absolute()


def test_a_folder_left_by_another_tool_is_replaced(tmp_path):
    link = tmp_path / "html"
    link.mkdir()
    (link / "index.html").write_text("other")
    site.swap_in(_new(tmp_path / "new", "one"), link, "one")
    assert _shown(link) == {"one"}


_STEPS = ("rename", "replace", "symlink_to", "unlink", "mkdir")


def _die_at(step: int) -> None:
    """Make the process end just before its n-th change of the file system."""
    import shutil

    left = [step]

    def counted(original):
        def call(*arguments, **options):
            left[0] -= 1
            if left[0] < 0:
                os._exit(9)
            return original(*arguments, **options)

        return call

    for name in _STEPS:
        setattr(Path, name, counted(getattr(Path, name)))
    shutil.rmtree = counted(shutil.rmtree)


@pytest.mark.parametrize("again", [False, True])
def test_killed_at_any_step_of_the_swap_one_whole_site_is_shown(tmp_path, again):
    """``again``: what a build of the same content left when it was killed is there too."""
    ended = []
    for step in range(40):
        folder = tmp_path / str(step)
        link = folder / "html"
        site.swap_in(_new(folder, "old"), link, "old")
        html = _new(folder, "new")
        if again:
            (folder / "sites" / "new").mkdir()
            (folder / "html.new").symlink_to("nowhere")
        child = os.fork()
        if child == 0:
            _die_at(step)
            site.swap_in(html, link, "new")
            os._exit(0)
        ended.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        assert _shown(link) in ({"old"}, {"new"}), step
        site.swap_in(html if html.exists() else _new(folder / "next", "new"), link, "new")
        assert _shown(link) == {"new"}
        if ended[-1] == 0:
            break
    assert ended[-1] == 0
    assert ended.count(9) >= 5
