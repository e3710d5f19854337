"""Keep a statistic and its value on one line: ``P = 0.036``, ``(n = 55)`` and a cell ``5 (12.5)`` do not break.

A Sphinx extension; `_config.yml` names it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_STATISTIC = re.compile(r"(?<!\w)(P|n|χ²) ([=<>]) (?=[\d.])")
_SHARE = re.compile(r"[\d,]+ \([\d.]+%?\)")  # a cell such as 5 (12.5)
_LIMITED = re.compile(r"(?<!\S)([<>≤≥]) (?=\d)")


def kept(text: str) -> str:
    """Return a text whose statistics, and a cell of a count with its share, do not break over two lines.

    >>> kept("that is (P = 0.036)") == "that is (P\\xa0=\\xa00.036)"
    True
    """
    if _SHARE.fullmatch(text):
        return text.replace(" ", "\N{NO-BREAK SPACE}")
    return _LIMITED.sub("\\1\N{NO-BREAK SPACE}", _STATISTIC.sub("\\1\N{NO-BREAK SPACE}\\2\N{NO-BREAK SPACE}", text))


class KeepStatistics(SphinxPostTransform):
    """Set no-break spaces in every text that is not code."""

    default_priority = 900

    def run(self, **_options: object) -> None:
        """Change the texts of the page in place."""
        for text in list(self.document.findall(nodes.Text)):
            if not isinstance(text.parent, nodes.literal | nodes.literal_block | nodes.raw | nodes.math):
                new = kept(text)
                if new != text:
                    text.parent.replace(text, nodes.Text(new))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the transform with Sphinx."""
    app.add_post_transform(KeepStatistics)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
