"""The page of a sweep: each run on a part of the patients is marked as exploratory, in the drawing, its text and the table."""

import pandas as pd
from bs4 import BeautifulSoup

from living_article.display.figures.specification_curve import EXPLORATORY
from living_article.display.sweep import sweep_page

CHOICES = {"subset": ["[]", '["age >= 60"]']}
BADGES = ["Real patients", "Real patients; exploratory: Age at least 60 years"]


def page(patients):
    rows = pd.DataFrame(
        {
            "run": [1, 2], "value": [0.5, 0.7], "low": [0.3, 0.4], "high": [0.8, 1.2], "p": [0.01, 0.2],
            "unit": "hazard ratio", "note": None, "level": 0.05, "patients": patients, "subset": CHOICES["subset"],
        }
    )  # fmt: skip
    return BeautifulSoup(sweep_page("cox: hr", rows, CHOICES, {}, ["Real patients"]), "html.parser")


def headers(found):
    return [row.th.get_text() for row in found.select("table")[-1].select("tbody tr")]


def test_a_run_on_a_part_of_the_patients_is_exploratory_wherever_it_is_shown():
    found = page(BADGES)
    said = "1 of them, marked in the drawing and the table, is of a part of the patients and exploratory."
    assert said in found.figcaption.get_text() and said in found.svg["aria-label"]
    assert headers(found) == ["#1", "#2 (exploratory)"]


def test_runs_on_all_patients_are_not_called_so():
    found = page(BADGES[0])
    assert "exploratory" not in found.get_text() and headers(found) == ["#1", "#2"]
    assert EXPLORATORY not in str(found)
