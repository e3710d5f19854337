"""One self-contained page of text, drawings and tables that any browser and screen reader can show."""

from __future__ import annotations

import html
import io
import re
from dataclasses import dataclass, field

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure

_STYLE = """
:root { color-scheme: light dark; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
figure { margin: 1.5rem 0; }
figure svg { width: 100%; height: auto; background: #fff; }
figcaption, caption { text-align: left; margin: 0.5rem 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.9rem; }
th, td { padding: 0.25rem 0.6rem; border-bottom: 1px solid #8888; text-align: right; vertical-align: top; }
td { white-space: nowrap; }
th:first-child, td:first-child, .text { text-align: left; }
th[scope="row"] { font-weight: normal; }
@media (max-width: 40rem) { td { white-space: normal; } }
:focus-visible { outline: 3px solid #0072b2; }
"""

_LEAST, _MOST = 0.8, 1.1  # of its own width: a drawing scrolls before its type is too small to be read


@dataclass
class Report:
    """A page in the making; add parts in order, then ask for ``html()``."""

    title: str
    parts: list[str] = field(default_factory=list)

    def text(self, text: str) -> None:
        """Add a paragraph."""
        self.parts.append(f"<p>{html.escape(text)}</p>")

    def heading(self, text: str) -> None:
        """Add a heading."""
        self.parts.append(f"<h2>{html.escape(text)}</h2>")

    def figure(self, drawing: Figure, caption: str, alt: str) -> None:
        """Add a drawing with caption and alt text; raises ValueError if one is blank."""
        if not caption.strip() or not alt.strip():
            raise ValueError("a figure needs a caption and an alt text")
        buffer = io.StringIO()
        drawing.savefig(buffer, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
        plt.close(drawing)
        drawn = re.search(r'<svg\b[^>]*?width="([\d.]+)pt".*</svg>', buffer.getvalue(), re.DOTALL)
        if drawn is None:
            raise ValueError("the drawing was not saved as an SVG with a width")
        picture, wide = drawn[0], float(drawn[1]) / 0.75  # pixels
        least, most = round(_LEAST * wide), round(_MOST * wide)
        name = html.escape(alt, quote=True)
        style = f'style="min-width: {least}px; max-width: {most}px"'
        picture = picture.replace("<svg", f'<svg role="img" aria-label="{name}" {style}', 1)
        picture = re.sub(r"<metadata>.*?</metadata>", "", picture, flags=re.DOTALL)
        scrolls = f'<div class="wide" role="region" tabindex="0" aria-label="Drawing">{picture}</div>'
        self.parts.append(f"<figure>{scrolls}<figcaption>{html.escape(caption)}</figcaption></figure>")

    def table(self, frame: pd.DataFrame, caption: str) -> None:
        """Add a data frame of finished text, its index as row headers."""

        def row(name: object, cells: list, tag: str) -> str:
            scope = "row" if tag == "td" else "col"
            rest = "".join(
                f"<{tag}{'' if tag == 'td' else ' scope=col'}>{html.escape(str(cell))}</{tag}>" for cell in cells
            )
            return f'<tr><th scope="{scope}">{html.escape(str(name))}</th>{rest}</tr>'

        head = row(frame.index.name or "", list(frame.columns), "th")
        body = "".join(row(name, list(cells), "td") for name, cells in zip(frame.index, frame.to_numpy(), strict=True))
        self.parts.append(
            f'<div class="wide" role="region" tabindex="0" aria-label="{html.escape(caption, quote=True)}"><table>'
            f"<caption>{html.escape(caption)}</caption><thead>{head}</thead><tbody>{body}</tbody></table></div>"
        )

    def html(self) -> str:
        """Return the page."""
        title, body = html.escape(self.title), "\n".join(self.parts)
        return (
            f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
            f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n"
        )
