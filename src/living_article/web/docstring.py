"""A docstring (numpydoc style) as HTML, by docutils."""

from __future__ import annotations

import inspect
import re

from docutils.core import publish_parts

_SECTION = re.compile(r"^(?P<title>[A-Z][A-Za-z ]+)\n-{3,}$", re.MULTILINE)
_NAME = re.compile(r"(?<![`:\w])`([^`\n]+)`(?![`_])")
_SETTINGS = {
    "report_level": 5,  # what docutils does not understand is shown as it is written
    "raw_enabled": False,
    "file_insertion_enabled": False,
    "math_output": "MathML",
    "initial_header_level": 3,
    "doctitle_xform": False,
    "smart_quotes": False,
    "embed_stylesheet": False,
}


def typeset(docstring: str) -> str:
    """Return a docstring as HTML; its sections (Parameters, Returns, Raises, …) are titles in bold with lists."""
    text = inspect.cleandoc(docstring)
    text = _NAME.sub(r"``\1``", _SECTION.sub(r"\n**\g<title>**\n", text))
    return (
        f'<div class="docstring">{publish_parts(text, writer_name="html5", settings_overrides=_SETTINGS)["body"]}</div>'
    )
