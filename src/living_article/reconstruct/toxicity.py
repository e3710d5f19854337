"""Adverse reactions patient by patient: one event a patient within a class, as the printed totals imply."""

from __future__ import annotations

from living_article.reconstruct.random_source import RandomSource
from living_article.reconstruct.targets import ARMS, Targets

CLASSES = {
    "t4": ("leukopenia", "thrombocytopenia", "anaemia"),
    "t5": ("nausea", "vomiting", "diarrhoea"),
    "t6": ("raised_creatinine", "proteinuria", "haematuria"),
}
"""Table → its events."""


def assign(patients: list[dict], targets: Targets, random: RandomSource) -> None:
    """Give every patient yes or no for each event.

    Raises
    ------
    ValueError
        If a printed total is not the sum of its events, so that some patient would have two of them.
    """
    for arm in ARMS:
        members = [patient for patient in patients if patient["arm"] == arm]
        for table, events in CLASSES.items():
            counts = {event: targets.count(f"{table}_{event}_count_{arm}") for event in events}
            if sum(counts.values()) != targets.count(f"{table}_total_count_{arm}"):
                raise ValueError(f"{table}: the events of the {arm} group do not sum to the printed total")
            drawn = iter(random.shuffle(list(members)))
            for patient in members:
                patient.update(dict.fromkeys(events, "no"))
            for event, count in counts.items():
                for _ in range(count):
                    next(drawn)[event] = "yes"
