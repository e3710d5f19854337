"""The calculator in the book: the model that a section kept, with the scripts of the project."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from living_article.run.project import Project

SCRIPTS = ("calculation.js", "drawing.js", "form.js")  # in this order
STYLES = "calculator.css"


def calculator_page(project: Project, model: Path, stage: Path) -> dict[str, object]:
    """Write the model for download into the staged book, and return what the page uses, under ``calculator``."""
    from living_article.display.calculator import calculator, page_data
    from living_article.study.load import load_study

    numbers, study = json.loads(model.read_text(encoding="utf-8")), load_study(project.study)
    source = project.root / "book" / "calculator"
    styles, *scripts = ((source / name).read_text(encoding="utf-8") for name in (STYLES, *SCRIPTS))
    download = stage / "book" / "calculator.json"
    download.parent.mkdir(parents=True, exist_ok=True)
    download.write_text(json.dumps(page_data(numbers, study), ensure_ascii=False) + "\n", encoding="utf-8")
    return {"calculator": calculator(numbers, study, styles, scripts)}
