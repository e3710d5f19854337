"""Figures and tables as files of their own: a drawing as PNG, and what a figure or table shows as CSV.

The CSV of a table has its finished cells. That of a figure has the coordinates of what is drawn, read from the drawing
itself: it can hold nothing that the figure does not show, also where patients are real and small counts are withheld.
Each row says whose patients these are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox

COLUMNS = ("panel", "shape", "series", "item", "x", "y", "width", "height", "x_label", "y_label", "text", "data")
_NUMBER = re.compile(r"[-−+]?[\d.,]+%?(e[-−+]?\d+)?|\s*|.*\$.*\$.*")


def write_figure(drawing: Figure, box: Bbox, path: Path, badge: str) -> None:
    """Write what is in a box of a drawing as ``<path>.png`` and its coordinates as ``<path>.csv``.

    The box is in inches. The bytes are the same each time.
    """
    drawing.savefig(path.with_suffix(".png"), dpi=150, bbox_inches=box, metadata={"Software": None})
    drawn(drawing).assign(data=badge).to_csv(path.with_suffix(".csv"), index=False, float_format="%.6g")


def write_table(cells: list[list[str]], path: Path, badge: str) -> None:
    """Write the cells of a table, header first, as ``<path>.csv``."""
    frame = pd.DataFrame(cells[1:], columns=cells[0])
    if badge:
        frame["data"] = badge
    frame.to_csv(path.with_suffix(".csv"), index=False)


def drawn(drawing: Figure) -> pd.DataFrame:
    """Return what a figure shows, one row a point, bar or text; columns that stay blank in all rows are left out.

    ``panel`` counts the axes or is their title, ``series`` is the name in the legend, ``item`` numbers the shapes of a
    panel, and ``x`` and ``y`` are in the units of the axes, whose words stand in ``x_label`` and ``y_label``. The
    ``shape`` of a line from edge to edge is ``across``; its other coordinate goes from 0 to 1.
    """
    rows: list[dict] = []
    for number, axes in enumerate(drawing.axes, start=1):
        panel = axes.get_title(loc="left") or axes.get_title() or str(number)
        named = {side: _tick_words(getattr(axes, f"{side}axis")) for side in "xy"}
        visible = (shape for shape in _shapes(axes) if shape[1].get_visible())
        for item, (shape, artist, points) in enumerate(visible, start=1):
            series = _series(artist, axes)
            on_axes = shape != "across"
            for point in points:
                words = {f"{side}_label": named[side].get(_key(point[side]), "") for side in "xy" if on_axes}
                rows.append({"panel": panel, "shape": shape, "series": series, "item": item} | point | words)
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.mask(frame.eq("")).dropna(axis="columns", how="all").replace(r"\s*\n\s*", " ", regex=True)


def _shapes(axes: Axes) -> Iterator[tuple[str, Artist, list[dict]]]:
    """Yield the shapes of a panel with their points."""
    for line in axes.lines:
        shape = "line" if line.get_transform() == axes.transData else "across"
        yield shape, line, _points(np.column_stack([_floats(line.get_xdata()), _floats(line.get_ydata())]))
    for bar in (patch for patch in axes.patches if isinstance(patch, Rectangle)):
        size = {"width": bar.get_width(), "height": bar.get_height()}
        yield "bar", bar, [{"x": bar.get_x(), "y": bar.get_y()} | size]
    for collection in axes.collections:
        if isinstance(collection, PathCollection):
            yield "point", collection, _points(np.asarray(collection.get_offsets()))
        elif isinstance(collection, LineCollection | PolyCollection):
            shape = "line" if isinstance(collection, LineCollection) else "area"
            for path in collection.get_paths():
                yield shape, collection, _points(np.asarray(path.vertices, dtype=float))
    for text in (text for text in axes.texts if text.get_text().strip()):
        x, y = _floats(text.get_position())
        yield "text", text, [{"x": x, "y": y, "text": text.get_text()}]


def _floats(values: object) -> np.ndarray:
    """Return numbers; a place on an axis of words has none, and is blank."""
    return pd.to_numeric(pd.Series(np.ravel(np.asarray(values, dtype=object))), errors="coerce").to_numpy(float)


def _points(places: np.ndarray) -> list[dict]:
    return [{"x": float(x), "y": float(y)} for x, y in places]


def _key(place: float) -> float:
    return round(float(place), 6)


def _tick_words(axis) -> dict[float, str]:
    """Return the words at the ticks of an axis by place; numbers say nothing that the place does not."""
    texts = [label.get_text() for label in axis.get_ticklabels()]
    pairs = zip(axis.get_ticklocs(), texts, strict=False)
    return {_key(place): text for place, text in pairs if not _NUMBER.fullmatch(text)}


def _series(artist: Artist, axes: Axes) -> str:
    """Return the name of a shape in the legend: its own, or that of the legend's entry of the same colour."""
    label = str(artist.get_label())
    legend = axes.get_legend() or next(iter(axes.figure.legends), None)
    if not label.startswith("_") or legend is None:
        return "" if label.startswith("_") else label
    entries = zip(legend.legend_handles, legend.get_texts(), strict=False)
    colour = _colour(artist)
    shown = ((handle, text) for handle, text in entries if handle is not None)
    return next((text.get_text() for handle, text in shown if colour and _colour(handle) == colour), "")


def _colour(artist: Artist) -> str:
    """Return the colour of a shape as ``#rrggbb``, blank if it has several or none."""
    for name in ("get_color", "get_facecolor", "get_edgecolor"):
        if hasattr(artist, name):
            colour = getattr(artist, name)()
            if isinstance(colour, np.ndarray) and colour.ndim == 2:
                colour = colour[0] if len(colour) else "none"
            return "" if isinstance(colour, str) and colour == "none" else to_hex(colour)
    return ""
