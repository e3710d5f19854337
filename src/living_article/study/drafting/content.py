"""A study file in the making: its content, and on the line of each guess a comment that says so."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from living_article.study.drafting.commented_yaml import Path, commented, one_line

_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "µ": "u"})


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

    def asked(self, text: str, *path: str) -> None:
        """Mark what stands at ``path`` as a question."""
        self.comments[path] = f"to decide: {text}"

    @property
    def text(self) -> str:
        """The study file as YAML."""
        head = [
            "# Drafted from the patient table by `article new`. Each line marked `guessed:` is for you to confirm or",
            "# correct, each marked `to decide:` for you to answer; then run `article check` on this file.",
        ]
        tail = (
            ["", "# About the table:", *(f"# - {one_line(remark)}" for remark in self.remarks)] if self.remarks else []
        )
        return "\n".join([*head, commented(self.content, self.comments).rstrip("\n"), *tail]) + "\n"


def slug(text: str) -> str:
    """Return text as an id of the study file."""
    text = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^A-Za-z0-9_+.-]+", "_", text).strip("_.-+")
    slug = slug or "column"
    return f"{slug}_covariate" if slug == "arm" else slug
