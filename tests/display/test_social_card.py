from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from matplotlib.axes import Axes
from PIL import Image

from living_article.display.social_card import SIZE, social_card
from living_article.records import Results
from living_article.study import load_study

STUDY = load_study(Path(__file__).parents[2] / "data" / "study.yml")
ALPHAS = {"survival": 0.05, "response": 0.1}


@pytest.fixture
def results():
    survival, response = Results("survival"), Results("response")
    for endpoint in STUDY.endpoints:
        survival.add("median", endpoint=endpoint, group=STUDY.arms.treated.id, value=31.2, unit="months")
        survival.add("median", endpoint=endpoint, group=STUDY.arms.reference.id, note="not reached", unit="months")
        survival.add("hazard_ratio", endpoint=endpoint, value=0.5, low=0.3, high=0.9, unit="hazard ratio")
        survival.add("logrank", endpoint=endpoint, value=5.0, p=0.02, unit="statistic")
    for rate in ("orr", "dcr"):
        for arm, share in zip(STUDY.arms, (0.25, 0.125), strict=True):
            response.add(rate, group=arm.id, value=share, low=0.1, high=0.4, unit="proportion")
        response.add(f"{rate}_difference", value=0.125, low=-0.05, high=0.3, unit="risk difference")
        response.add("test", term=rate, p=0.2, method="Fisher's exact test")
    return {"survival": survival, "response": response}


@pytest.fixture
def written(monkeypatch):
    """The texts of a card, as they are written."""
    texts, write = [], Axes.text
    monkeypatch.setattr(Axes, "text", lambda self, x, y, s, **kw: texts.append(s) or write(self, x, y, s, **kw))
    return texts


def test_the_card_is_a_png_of_the_size_networks_ask_for_and_always_the_same(results):
    card = social_card(STUDY, results, ALPHAS)
    assert Image.open(io.BytesIO(card)).size == SIZE == (1200, 630)
    assert card == social_card(STUDY, results, ALPHAS)
    assert len(card) < 300_000


def test_it_states_the_findings_and_what_the_patients_are(results, written):
    social_card(STUDY, results, ALPHAS)
    assert STUDY.provenance.badge in written
    assert " ".join(written[0].split()) == STUDY.title
    for text in ("Overall survival", "median", "31.2 months", "not reached", "Hazard ratio 0.500", "(95% CI 0.300 to 0.900)",
                 "Objective response", "25.0%", "12.5%", "(90% CI −5.0 to 30.0)"):  # fmt: skip
        assert text in written


def test_all_text_is_inside_the_card(results, monkeypatch):
    from living_article.display import social_card as module

    drawn, write = [], Axes.text
    monkeypatch.setattr(Axes, "text", lambda self, *a, **kw: drawn.append(write(self, *a, **kw)) or drawn[-1])
    longest = "A very long name of a treatment with two drugs"
    arms = replace(STUDY.arms, treated=replace(STUDY.arms.treated, short=longest))
    module.social_card(replace(STUDY, title=f"{longest} against another in a population", arms=arms), results, ALPHAS)
    for text in drawn:
        box = text.get_window_extent()
        assert box.x0 >= 0 and box.x1 <= SIZE[0] and box.y0 >= 0 and box.y1 <= SIZE[1], text.get_text()


def test_sections_that_are_missing_leave_the_rest(written):
    social_card(STUDY, {}, {})
    assert len(written) == 3
