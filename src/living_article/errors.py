"""The one error a user's input can cause: where it is, what is wrong and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any


class InputError(ValueError):
    """Bad input, told in one line: file, row, column, value, problem and remedy.

    Parameters
    ----------
    problem
        What is wrong, in a few words.
    file, row, column, value
        Where it is, as far as known; ``row`` counts from 1 for the first data row.
    remedy
        What the user can do about it.
    """

    def __init__(
        self,
        problem: str,
        *,
        file: str | Path | None = None,
        row: int | None = None,
        column: str | None = None,
        value: object = None,
        remedy: str | None = None,
    ) -> None:
        self.problem, self.file, self.row = problem, file, row
        self.column, self.value, self.remedy = column, value, remedy
        place = [str(file)] if file is not None else []
        if row is not None:
            place.append(f"row {row}")
        if column is not None:
            place.append(f"column {column}")
        if value is not None:
            place.append(f"value {value!r}")
        message = f"{', '.join(place)}: {problem}" if place else problem
        super().__init__(f"{message}; {remedy}" if remedy else message)

    def also(self, more: str) -> InputError:
        """Return the same error with more to do about it."""
        remedy = f"{self.remedy}; {more}" if self.remedy else more
        where: dict[str, Any] = {"file": self.file, "row": self.row, "column": self.column, "value": self.value}
        return InputError(self.problem, **where, remedy=remedy)
