"""A study file in the making: its content, and on the line of each guess a comment that says so."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from living_article.study.drafting.commented_yaml import Path, commented, one_line


@dataclass
class Draft:
    """A study file in the making: its content, the comment of each guess, the table to copy and what was left out."""

    content: dict[str, Any]
    table: pd.DataFrame
    comments: dict[Path, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def guessed(self, text: str, *path: str) -> None:
        """Mark what stands at ``path`` as a guess."""
        self.comments[path] = f"guessed: {text}"

    @property
    def text(self) -> str:
        """The study file as YAML."""
        head = [
            "# Drafted from the patient table by `article new`. Each line marked `guessed:` is for you to confirm or",
            "# correct; then run `article check` on this file.",
        ]
        tail = (
            ["", "# About the table:", *(f"# - {one_line(remark)}" for remark in self.remarks)] if self.remarks else []
        )
        return "\n".join([*head, commented(self.content, self.comments).rstrip("\n"), *tail]) + "\n"


def slug(text: str) -> str:
    """Return text as an id of the study file."""
    slug = re.sub(r"[^A-Za-z0-9_+.-]+", "_", text).strip("_.-+")
    slug = slug or "column"
    return f"{slug}_covariate" if slug == "arm" else slug
