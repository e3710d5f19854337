from __future__ import annotations

import pytest

from living_article.errors import InputError
from living_article.run.cache import Execution
from living_article.run.deliver import deliver_book, deliver_section, place_for_book, writable


def test_a_book_is_copied_whole_and_replaces_only_a_book(built, tmp_path, contents):
    out = tmp_path / "given" / "book"
    assert deliver_book(built.site, out) == out / "index.html"
    first = contents(out)
    (out / "left over.html").touch()
    deliver_book(built.site, out)
    assert contents(out) == first
    assert contents(built.site.resolve()).items() <= first.items()


def test_a_folder_with_something_else_is_never_touched(built, tmp_path):
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(InputError, match="there is something else; name a folder that is new or empty"):
        deliver_book(built.site, tmp_path)
    with pytest.raises(InputError, match="something else"):
        deliver_book(built.site, tmp_path / "thesis.docx")
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_section_is_a_notebook_a_page_and_its_records(built, tmp_path):
    folder = next((built.build / "executed" / "beta").iterdir())
    paths = deliver_section(Execution("beta", folder), tmp_path / "run", built.bibliography)
    assert [p.name for p in paths] == ["beta.ipynb", "beta.html", "results.json"]
    assert "<h1>Beta</h1>" in paths[1].read_text()
    assert paths[2].read_text() == (folder / "beta.json").read_text()


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").touch()
    for out in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(InputError, match="nothing can be written there .*; name another folder"):
            writable(out)
    with pytest.raises(InputError, match="nothing can be written there"):
        place_for_book(tmp_path / "file" / "book")
    assert writable(tmp_path / "new" / "folder").is_dir()
    assert not list((tmp_path / "new" / "folder").iterdir())
