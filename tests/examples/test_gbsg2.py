"""The book of a trial with real patients, from nothing but its study file."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from living_article.cli import main
from living_article.statistics.disclosure import coarse_range

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "gbsg2"


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("gbsg2")
    spec = importlib.util.spec_from_file_location("write_table", EXAMPLE / "write_table.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    (folder / "study").mkdir()
    (folder / "study" / "study.yml").write_bytes((EXAMPLE / "study.yml").read_bytes())
    script.write(folder / "study")
    study, out = str(folder / "study" / "study.yml"), str(folder / "book")
    assert main(["build", "--study", study, "-p", "validation.resamples=50", "--out", out]) == 0
    return folder / "book"


@pytest.fixture(scope="module")
def pages(book) -> dict[str, BeautifulSoup]:
    shown = [book / "index.html", book / "book" / "calculator.html", *(book / "notebooks").glob("*.html")]
    found = {p.relative_to(book): p for p in shown}
    return {str(name): BeautifulSoup(p.read_text(encoding="utf-8"), "html.parser") for name, p in found.items()}


def test_it_has_the_sections_it_has_data_for(book):
    sections = {path.stem for path in (book / "notebooks").glob("*.html")}
    assert {"methods", "baseline", "survival", "cox", "nomogram", "validation"} <= sections
    assert not {"response", "toxicity"} & sections
    assert {path.stem for path in (book / "book").glob("*.html")} == {
        "calculator",
        "dictionary",
        "status",
        "references",
    }


def test_title_labels_and_numbers_are_of_this_trial(pages):
    index = pages["index.html"]
    assert index.h1.get_text().startswith("Hormone therapy in node-positive breast cancer")
    assert index.title.get_text().count("Hormone therapy in node-positive breast cancer")
    text = " ".join(index.select_one("article").get_text().split())
    assert "686 patients" in text and "246 with hormone therapy and 440 with no hormone therapy" in text
    # Sauerbrei and Royston (1999) and the R package's documentation: hormone therapy lowers the hazard, P about 0.003.
    assert "hazard of recurrence or death was lower with hormone therapy: hazard ratio 0.695" in text
    assert re.search(r"2000 days .* 1550 days", text), "medians, rounded since they are times of single patients"


@pytest.mark.parametrize("word", ["thalidomide", "ifosfamide", "osteosarcoma", "the article", "reconstructed", "lung"])
def test_nothing_is_left_of_the_article(pages, word):
    for name, page in pages.items():
        for code in page.select("pre, script, style"):
            code.extract()
        assert word not in page.get_text().lower(), name


def test_the_calculator_is_of_this_trial_and_shows_no_single_patient(book):
    page = BeautifulSoup((book / "book" / "calculator.html").read_text(encoding="utf-8"), "html.parser")
    table = pd.read_csv(book.parent / "study" / "gbsg2.csv")
    model = json.loads(page.select_one("#calculator-model").string)
    assert page.select_one("#calculator .calculator-caution").get_text().startswith("Real patients of the GBSG-2 trial")
    assert [term["label"] for term in model["terms"]][:2] == ["Treatment", "Age"] and model["coarse"]
    times = np.array(model["baseline"]["time"])
    assert set(times) >= {730, 1825} and all(time % 50 == 0 for time in set(times) - {730, 1825})
    events = np.histogram(table.loc[table["event"] == 1, "time"], np.append(0, times + 1e-9))[0]
    assert events.min() >= 5 and (table["time"] > times[-1]).sum() >= 5
    for term in model["terms"]:
        if "low" in term:
            assert (term["low"], term["high"]) == coarse_range(table[term["id"]], 5)
            assert term["high"] < table[term["id"]].max()


def test_every_display_says_whose_patients_these_are(pages):
    captions = [c for page in pages.values() for c in page.select("figcaption, table caption")]
    assert len(captions) > 15
    badge = "Real patients of the GBSG-2 trial"
    assert all(badge in c.get_text() for c in captions if not c.get_text().startswith("Table S1"))


def test_no_single_patient_can_be_made_out(book, pages):
    offered = list(book.rglob("*.csv"))
    assert offered and {path.parent.name for path in offered} == {"files"}, "figures and tables, no table of patients"
    assert not any(re.search(r"\bG\d{3}\b", path.read_text(encoding="utf-8")) for path in offered)
    for name, page in pages.items():
        assert not re.search(r"\bG\d{3}\b", page.get_text()), name
    assert "no single patient can be made out" in pages["notebooks/survival.html"].get_text()
