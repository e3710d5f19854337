"""Where the book will be found on the web, and where its source lies: settings that a published build needs.

`_config.yml` has them under `html.baseurl` and `repository`; they are empty there, and no page then shows a link that
would need them. A build that is published (`.github/workflows/`) sets the environment variables below, which go first.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from living_article.errors import InputError

SITE = "LIVING_ARTICLE_SITE"
REPOSITORY = "LIVING_ARTICLE_REPOSITORY"
REVISION = "LIVING_ARTICLE_REVISION"
_ASKED = "give a complete address, as https://example.org/book"


@dataclass(frozen=True)
class Addresses:
    """Address of the site (with a closing slash), of the repository (without), and the branch, tag or commit built.

    An address that is not known is the empty string; the revision is ``HEAD`` unless it is given.
    """

    site: str = ""
    repository: str = ""
    revision: str = "HEAD"


def addresses(config: dict) -> Addresses:
    """Return the addresses of a build: those of the environment, else those of the content of `_config.yml`.

    Raises
    ------
    InputError
        If an address is not one of the web.
    """
    html, repository = config.get("html") or {}, config.get("repository") or {}
    site = _checked(SITE, "html.baseurl", html.get("baseurl"))
    source = _checked(REPOSITORY, "repository.url", repository.get("url"))
    revision = os.environ.get(REVISION) or repository.get("branch") or "HEAD"
    return Addresses(f"{site}/" if site else "", source.removesuffix(".git"), revision)


def _checked(variable: str, key: str, written: str | None) -> str:
    """Return an address without closing slash, from the environment variable if that is set."""
    given = os.environ.get(variable)
    address = (given or written or "").strip()
    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        file, column = (None, variable) if given else ("_config.yml", key)
        raise InputError("not an address of the web", file=file, column=column, value=address, remedy=_ASKED)
    return address.rstrip("/")
