"""The whole book as one tagged PDF with bookmarks: Jupyter Book puts it on one page, Chromium prints that.

Chromium tags what it prints from the structure of the HTML, and makes bookmarks of its headings.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from living_article.errors import InputError
from living_article.run.failures import SiteError
from living_article.web.chromium import SWITCHES, find_chromium
from living_article.web.site import jupyter_book

NAME = "book.pdf"
STYLES = ("_static/*.css", "book/pdf.css")
"""The book's own styles, those of its figures and tables among them, and what differs on paper."""
LEFT_OUT = ".headerlink, .not-in-pdf, script, style, details.hide, .cell_input, button, dialog, #pst-search-dialog"
"""What paper has no use for: code, which the notebooks hold, and everything that waits for a click."""
_DATE = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}")
_SECONDS = 300


def build_pdf(stage: Path, workspace: Path, *, log: Path) -> Path:
    """Print the staged book and return the PDF, inside ``workspace``.

    Raises
    ------
    InputError
        If there is no Chromium on this machine.
    SiteError
        If Jupyter Book warns, or Chromium fails.
    """
    if (chromium := find_chromium()) is None:
        raise InputError("no Chromium on this machine, which prints the PDF", remedy="install the package chromium")
    single = jupyter_book(stage, workspace, "singlehtml", log=log)
    page = single / "print.html"
    sheets = [sheet for pattern in STYLES for sheet in sorted(stage.glob(pattern))]
    style = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    page.write_text(document((single / "index.html").read_text(encoding="utf-8"), style), encoding="utf-8")
    pdf = workspace / NAME
    _print(chromium, page, pdf)
    pdf.write_bytes(undated(pdf.read_bytes()))
    return pdf


def document(single: str, style: str) -> str:
    """Return the page that is printed: the article of Jupyter Book's single page, in a style of its own.

    Links within the book stay; those to files beside it, which a PDF does not have, become plain text.
    Raises SiteError if there is no article with a heading.
    """
    soup = BeautifulSoup(single, "html.parser")
    article = soup.select_one("article")
    if article is None:
        raise SiteError("Jupyter Book's single page holds no article")
    for element in article.select(LEFT_OUT):
        element.decompose()
    for cell in article.select("div.cell"):
        if not cell.get_text(strip=True) and not cell.find(["img", "svg"]):
            cell.decompose()
    _untangle_links(article)
    if (heading := article.h1) is None:
        raise SiteError("Jupyter Book's single page holds no article with a heading")
    title = html.escape(heading.get_text(" ", strip=True))
    head = f'<meta charset="utf-8"><title>{title}</title><style>{style}</style>'
    return f'<!DOCTYPE html>\n<html lang="en" data-theme="light"><head>{head}</head><body>{article}</body></html>\n'


def _untangle_links(article: Tag) -> None:
    """Keep links into this document and to other servers; let the rest be text."""
    targets = {element["id"] for element in article.find_all(id=True)}
    for link in article.find_all("a", href=True):
        address = str(link["href"]).removeprefix("index.html")
        if address.startswith("#") and address[1:] in targets:
            link["href"] = address
        elif not address.startswith(("http:", "https:", "mailto:")):
            link.unwrap()


def _print(chromium: Path, page: Path, pdf: Path) -> None:
    """Let Chromium print a page to a file; raises SiteError with what it says if it does not."""
    with tempfile.TemporaryDirectory(prefix="la-") as profile:
        command = [
            str(chromium), "--headless", *SWITCHES, f"--user-data-dir={profile}", "--no-pdf-header-footer",
            "--export-tagged-pdf", "--generate-pdf-document-outline", f"--print-to-pdf={pdf}", page.as_uri(),
        ]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            raise SiteError(f"Chromium did not print the book within {_SECONDS} s") from None
    if done.returncode or not pdf.is_file():
        raise SiteError("Chromium did not print the book:\n" + "\n".join(done.stderr.splitlines()[-5:]))


def undated(pdf: bytes) -> bytes:
    """Return a PDF with the same dates as every other generated file, so that two builds are the same."""
    return _DATE.sub(rb"\g<1>20250101000000", pdf)


def add_to_site(pdf: Path, site: Path) -> None:
    """Put the PDF beside the root page, which links to it."""
    shutil.copyfile(pdf, site / NAME)
