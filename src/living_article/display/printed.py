"""Printed numbers beside recomputed ones: found through the crosswalk, never by a typed id."""

from __future__ import annotations

from dataclasses import dataclass

from living_article.published import PrintedNumber, Published

P_VALUE = "P value"


@dataclass(frozen=True)
class Printed:
    """The printed numbers of one table of the article that a record of one section recomputes."""

    published: Published
    section: str
    location: str

    def find(
        self, quantity: str, *names: str, group: str | None = None, term: str | None = None
    ) -> PrintedNumber | None:
        """Return the printed number of a quantity behind a record with one of these names, None if none is printed."""
        for link in self.published.links:
            if link.section != self.section or link.name not in names or (link.group, link.term) != (group, term):
                continue
            value = self.published.number(link.id)
            if value.location == self.location and value.quantity == quantity:
                return value
        return None

    def text(self, quantity: str, *names: str, group: str | None = None, term: str | None = None) -> str | None:
        """Return the printed string of `find`, None if none is printed."""
        value = self.find(quantity, *names, group=group, term=term)
        return value.printed if value else None


def beside(published: Published | None, section: str, location: str) -> Printed | None:
    """Return the printed numbers of a table, None for a study that re-tells no article or prints none there."""
    if published is None or not published.rows(location):
        return None
    return Printed(published, section, location)


def signs(printed: Printed | None) -> tuple[str, ...]:
    """Say what signs behind printed numbers of a table mean, such as ``10#``, from the notes to those numbers."""
    if printed is None:
        return ()
    values = [value for value in printed.published.rows(printed.location) if value.printed[-1:] in {"#", "*", "†", "‡"}]
    parts = (part.strip() for value in values for part in value.note.split(";") if value.printed[-1] in part)
    return tuple(f"In the printed table {part}." for part in dict.fromkeys(parts))


def agrees(printed: PrintedNumber, value: float | None) -> bool:
    """Return whether a recomputed number is the printed one, to the decimals printed."""
    # A number that rounds either way at the last digit counts as printed, whatever binary fractions make of it.
    return value is not None and abs(value - printed.number) <= 0.5 * 10**-printed.decimals + 1e-9
