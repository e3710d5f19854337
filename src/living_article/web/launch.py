"""Links that open the notebook of a section on Binder or Colab, and the notebooks that Colab opens.

A Sphinx extension; `_config.yml` names it. Binder builds the repository from its `environment.yml`, and its `postBuild`
makes JupyterLab open text notebooks as notebooks, so it is sent to the file of the section itself. Colab opens only
`.ipynb` files of a GitHub repository and has none of the project's files; it is sent to a copy on the branch of the
published site, whose first cell fetches and installs the project. Without a GitHub address there are no links.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from living_article.run.study_text import EVERYTHING, for_study
from living_article.web.addresses import Addresses

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from sphinx.application import Sphinx

SITE_BRANCH = "gh-pages"  # where `.github/workflows/publish.yml` puts the site
FOLDER = "_static/colab"  # in the site, and in the stage
_GITHUB = re.compile(r"https://github\.com/(?P<owner>[^/]+)/(?P<name>[^/]+)$")
_SETUP = """\
# On Colab, fetch the project and install it (about a minute); elsewhere this cell does nothing.
import sys

if "google.colab" in sys.modules:
    !test -d /content/{name} || git clone --quiet {url} /content/{name}
    %cd -q /content/{name}
    !git checkout --quiet {revision}
    %pip install --quiet ."""
_NOTE = """\
The first cell prepares Colab.
It keeps the versions of the libraries that Colab has, so that last digits may differ from those of the book."""


def launch_links(section: str, found: Addresses) -> dict[str, str]:
    """Return the addresses that open the notebook of a section, by service; none without a GitHub repository."""
    match = _GITHUB.match(found.repository)
    if match is None:
        return {}
    place = f"{match['owner']}/{match['name']}"
    opened = quote(f"lab/tree/notebooks/{section}.py", safe="")
    return {
        "Binder": f"https://mybinder.org/v2/gh/{place}/{quote(found.revision, safe='')}?urlpath={opened}",
        "Colab": f"https://colab.research.google.com/github/{place}/blob/{SITE_BRANCH}/{FOLDER}/{section}.ipynb",
    }


def colab_notebook(notebook: Path, found: Addresses) -> NotebookNode | None:
    """Return a text notebook as Colab opens it, preparation first; None without a GitHub repository."""
    import jupytext
    from nbformat.v4 import new_code_cell, new_markdown_cell

    match = _GITHUB.match(found.repository)
    if match is None:
        return None
    node = for_study(jupytext.read(notebook), EVERYTHING)
    setup_cell = _SETUP.format(name=match["name"], url=found.repository, revision=found.revision)
    node.cells = [new_markdown_cell(_NOTE), new_code_cell(setup_cell), *node.cells]
    for number, cell in enumerate(node.cells):
        cell.id = f"cell-{number:03d}"
    node.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return node


def write_colab_notebooks(notebooks: list[Path], found: Addresses, folder: Path) -> None:
    """Write the notebooks that Colab opens below a stage, if there is an address to open them from."""
    import nbformat

    for notebook in notebooks:
        if (node := colab_notebook(notebook, found)) is not None:
            (folder / FOLDER).mkdir(parents=True, exist_ok=True)
            nbformat.write(node, folder / FOLDER / f"{notebook.stem}.ipynb")


def _add_buttons(app: Sphinx, page: str, _template: str, context: dict, _doctree: object) -> None:
    """Add a menu to the header of a section, after the theme's own buttons."""
    section = page.rpartition("/")[2]
    if not (Path(app.srcdir) / FOLDER / f"{section}.ipynb").is_file():
        return  # not a section, or of a study that the repository's notebooks do not open
    links = launch_links(section, Addresses(repository=app.config.book_repository, revision=app.config.book_revision))
    logos = {"Binder": "_static/images/logo_binder.svg", "Colab": "_static/images/logo_colab.png"}
    buttons = [
        {"type": "link", "text": name, "tooltip": f"Run this section on {name}", "icon": logos[name], "url": url}
        for name, url in links.items()
    ]
    menu = {"type": "group", "tooltip": "Run this section online", "icon": "fas fa-rocket", "buttons": buttons}
    context["header_buttons"].append(menu | {"label": "launch-buttons"})


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the two settings and the menu with Sphinx."""
    app.add_config_value("book_repository", "", "html")
    app.add_config_value("book_revision", "HEAD", "html")
    app.connect("html-page-context", _add_buttons, priority=600)  # the theme's buttons come at 501
    return {"parallel_read_safe": True, "parallel_write_safe": True}
