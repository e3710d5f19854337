"""The configuration that Jupyter Book reads: that of the project, completed for one build."""

from __future__ import annotations

import yaml

from living_article.plain_yaml import read_yaml
from living_article.run.project import Project
from living_article.web.addresses import Addresses, addresses


def read_addresses(project: Project) -> Addresses:
    """Return the addresses of a build; those in `_config.yml` are of the project's own book, not of another study's."""
    return addresses(_read(project) if project.other is None else {})


def configuration(project: Project, pdf: str = "") -> str:
    """Return `_config.yml` with the addresses of this build; the book of another study has its title and no authors.

    ``pdf`` is the address, from the root page, of the PDF that the pages link to, if there is one.
    """
    content, found = _read(project), read_addresses(project)
    content["html"] = content.get("html", {}) | {"baseurl": found.site}
    content["sphinx"]["config"] |= {"book_repository": found.repository, "book_revision": found.revision}
    if pdf:
        content["sphinx"]["config"]["html_context"]["pdf"] = pdf
    content.pop("repository", None)  # the theme would stop at an address of a host it does not know
    if not project.retells:
        title = read_yaml(project.study.read_text(encoding="utf-8"))["title"]
        content |= {"title": title, "author": "", "copyright": ""}
        settings = content["sphinx"]["config"]
        settings["html_title"] = settings["html_theme_options"]["logo"]["text"] = title
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True)


def _read(project: Project) -> dict:
    return read_yaml((project.root / "_config.yml").read_text(encoding="utf-8"))
