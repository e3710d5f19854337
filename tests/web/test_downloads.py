from __future__ import annotations

from living_article.run.cache import Execution
from living_article.web.downloads import available, write_downloads


def test_notebooks_and_files_of_displays_are_offered(built, tmp_path):
    executed = built.build / "executed"
    executions = [Execution(s, next((executed / s).iterdir())) for s in built.sections()]
    folder = write_downloads(built, executions, tmp_path)
    assert available(tmp_path) == {"alpha.py", "alpha.ipynb", "beta.py", "beta.ipynb", "figure-2.svg"}
    assert (folder / "alpha.py").read_text() == built.notebook("alpha").read_text()
    assert (folder / "figure-2.svg").read_text().startswith("<svg")
    assert available(tmp_path / "nothing") == set()
