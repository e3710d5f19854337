"""Put figures, tables, paragraphs and warnings into a notebook so that Jupyter and the book both show them well.

A figure is an SVG output whose metadata carry name, caption and alt text; publishing copies them to the cell, from
where the book makes a numbered figure.
A table is a MyST ``table`` directive for the book, and HTML for Jupyter.
"""

from __future__ import annotations

import html
import io
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import display
from matplotlib.figure import Figure

from living_article.display import files, rendering, svg_data, theme

KEY = "living_article"
DRAWN = "LIVING_ARTICLE_DRAW"
"""Environment variable: ``no`` where only records are wanted, as in a sweep; figures are then not rendered."""
_NUMBER = re.compile(r"[<>≤≥±+−-]?\s?\d")
_NAME = re.compile(r"(figure|table)-(s?\d+[a-h]?)")


def title(name: str) -> str:
    """Return the number under which a name is shown: ``Figure 2``, ``Table S3``; raises ValueError on another form."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise ValueError(f"{name!r} is not of the form figure-2, figure-5a, table-11 or figure-s1")
    return f"{match[1].capitalize()} {match[2].upper()}"


def figure(
    draw: Callable[[], Figure],
    name: str,
    caption: str,
    alt: str,
    badge: str,
    *,
    reading: Callable[[Figure], dict[str, object]] | None = None,
    folder: Path | None = None,
) -> None:
    """Draw and show a figure, unless only records are wanted, and write its files into a folder if one is given.

    ``reading`` gives what a page lets its reader look up in the curves, see `living_article.display.reading`; it
    travels inside the SVG. Raises ValueError if caption or alt text is blank.
    """
    if not caption.strip() or not alt.strip():
        raise ValueError(f"{name} needs a caption and an alt text")
    facts = {
        "kind": "figure",
        "name": name,
        "caption": f"**{title(name)}.** {caption} *{badge}.*",
        "alt": f"{alt} {badge}.",
    }
    if os.environ.get(DRAWN) == "no":
        return
    svg = rendering.rendered(name, lambda: _svg(draw(), name, badge, reading, folder))
    display({"image/svg+xml": svg, "text/plain": facts["alt"]}, raw=True, metadata={KEY: facts})


def _svg(
    drawing: Figure,
    name: str,
    badge: str,
    reading: Callable[[Figure], dict[str, object]] | None,
    folder: Path | None,
) -> str:
    """Return a figure as SVG, its provenance in it, and write its files into the folder if one is given."""
    box = theme.stamp(drawing, badge)
    buffer = io.StringIO()
    drawing.savefig(buffer, format="svg", bbox_inches=box, metadata={"Date": None, "Creator": None})
    if folder is not None:
        files.write_figure(drawing, box, folder / name, badge)
    plt.close(drawing)
    return svg_data.put(buffer.getvalue(), reading(drawing)) if reading else buffer.getvalue()


def table(
    frame: pd.DataFrame, name: str, caption: str, notes: tuple[str, ...], badge: str, folder: Path | None = None
) -> None:
    """Show a data frame of finished text; its index is the first column, blank cells are errors.

    If a folder is given, the cells are written there too.
    """
    cells = _cells(frame)
    if folder is not None:
        files.write_table(cells, folder / name, badge)
    shown = f"**{title(name)}.** {caption}" + (f" *{badge}.*" if badge else "")
    myst = _myst_table(cells, name, shown, notes)
    markup = _html_table(cells, f"{title(name)}. {caption} {badge}", notes)
    facts = {"kind": "table", "name": name, "caption": shown}
    display({"text/markdown": myst, "text/html": markup}, raw=True, metadata={KEY: facts})


def _cells(frame: pd.DataFrame) -> list[list[str]]:
    """Return header and rows as text; raises ValueError on a missing value."""
    if frame.isna().any().any():
        raise ValueError(f"a table cell is blank in columns {list(frame.columns[frame.isna().any()])}")
    header = [str(frame.index.name or ""), *map(str, frame.columns)]
    return [
        header,
        *([str(name), *map(str, row)] for name, row in zip(frame.index, frame.to_numpy(), strict=True)),
    ]


def _myst_table(cells: list[list[str]], name: str, caption: str, notes: tuple[str, ...]) -> str:
    rows = [" | ".join(cell.replace("|", r"\|") for cell in row) for row in cells]
    columns = list(zip(*cells[1:], strict=True))[1:] or [()] * (len(cells[0]) - 1)
    rule = " | ".join([":---", *("---:" if _numeric(column) else ":---" for column in columns)])
    body = "\n".join(f"| {row} |" for row in [rows[0], rule, *rows[1:]])
    text = f":::{{table}} {caption}\n:name: {name}\n\n{body}\n:::\n"
    return text + "".join(f"\n{note}\n" for note in notes)


def _numeric(column: Sequence[str]) -> bool:
    """Return whether most of the cells that say something begin with a number, so that their digits may align."""
    told = [cell for cell in column if cell not in {"–", "—"}]
    return 2 * sum(_NUMBER.match(cell) is not None for cell in told) >= len(told)


def _html_table(cells: list[list[str]], caption: str, notes: tuple[str, ...]) -> str:
    def row(tag: str, texts: list[str]) -> str:
        first = f'<th scope="row">{html.escape(texts[0])}</th>' if tag == "td" else f"<th>{html.escape(texts[0])}</th>"
        return "<tr>" + first + "".join(f"<{tag}>{html.escape(text)}</{tag}>" for text in texts[1:]) + "</tr>"

    body = "".join(row("td", texts) for texts in cells[1:])
    foot = "".join(f"<p><small>{html.escape(note)}</small></p>" for note in notes)
    head = f"<caption>{html.escape(caption)}</caption><thead>{row('th', cells[0])}</thead>"
    return f"<table>{head}<tbody>{body}</tbody></table>{foot}"


def paragraph(text: str) -> None:
    """Show a computed paragraph; raises ValueError if it is blank or has a hole in it."""
    if not text.strip() or re.search(r"\b(nan|None|inf)\b|\{\w*\}(?!`)", text):
        raise ValueError(f"a sentence has a blank in it: {text!r}")
    display({"text/markdown": text, "text/plain": text}, raw=True)


def warning(text: str) -> None:
    """Show a limit of the data in a box that cannot be overlooked."""
    display({"text/markdown": f":::{{warning}}\n{text}\n:::", "text/plain": f"Warning: {text}"}, raw=True)
