"""The colours of all figures, on white paper and on a dark page: tell apart what is drawn together, for every eye.

A figure is drawn in the light colours; on a dark page each gives way to its partner in `DARK`. The arms differ in hue
(blue and vermilion, as in Okabe & Ito, 2008) and in lightness, so that also a colour-blind reader and a grey copy tell
them apart; line styles, markers and hatches say the same again.
"""

from __future__ import annotations

PAPER, INK = "#ffffff", "#000000"
LINE, NEUTRAL, MIDDLE = "#333333", "#4d4d4d", "#767676"
FAINT, FILL = "#d9d9d9", "#f2f2f2"
TREATED, REFERENCE = "#00508a", "#c75000"
PRINTED = "#8a5a00"
SEQUENCE = (TREATED, "#56b4e9", "#bbbbbb", REFERENCE, "#cc79a7", "#f0e442", "#009e73", MIDDLE)
"""One colour per response category, from best to worst."""

DARK = {
    PAPER: "var(--pst-color-background)",
    INK: "#e8e8e8",
    LINE: "#dcdcdc",
    NEUTRAL: "#b8b8b8",
    MIDDLE: "#9a9a9a",
    FAINT: "#444444",
    FILL: "#262626",
    TREATED: "#8ccbf7",
    REFERENCE: "#de7a35",
    PRINTED: "#d9a441",
    "#56b4e9": "#2f86bf",
    "#bbbbbb": "#6a6a6a",
    "#cc79a7": "#d68fb6",
    "#f0e442": "#f0e442",
    "#009e73": "#2fb58c",
}


def variable(colour: str) -> str:
    """Return the name of the style sheet's variable for a light colour: ``--drawn-d9d9d9``."""
    return f"--drawn-{colour.removeprefix('#')}"


def stylesheet() -> str:
    """Return the style sheet that gives each variable its colour: dark on a dark screen, light elsewhere."""
    light = "".join(f"  {variable(colour)}: {colour};\n" for colour in DARK)
    dark = "".join(f"    {variable(colour)}: {partner};\n" for colour, partner in DARK.items())
    return (
        "/* Generated from the colours of the figures (living_article.display.palette). */\n"
        f':root {{\n{light}}}\n\n@media screen {{\n  html[data-theme="dark"] {{\n{dark}  }}\n}}\n'
    )
