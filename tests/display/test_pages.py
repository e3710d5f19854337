"""What prose pages may ask for, and that a wrong question is an error rather than a blank."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from living_article.display.pages import fidelity_table, page_context
from living_article.errors import InputError
from living_article.records import Results
from living_article.study import load_study

STUDY = load_study(Path(__file__).parents[2] / "data" / "study.yml")


@pytest.fixture
def context():
    results = Results("survival")
    results.add("median", endpoint="os", group="control", value=14, low=11, high=18, unit="months")
    results.add("logrank", endpoint="os", value=7.0, p=0.0042, unit="statistic")
    return page_context(STUDY, {"survival": results}, {"survival": {"medians_os": "Longer."}}, {"survival": 0.1})


def test_numbers_intervals_and_p_values(context):
    assert context["num"]("survival", "median", endpoint="os", group="control") == "14.0 months"
    assert context["ci"]("survival", "median", endpoint="os", group="control") == "14.0 months (90% CI 11.0 to 18.0)"
    assert context["pval"]("survival", "logrank", endpoint="os") == "P = 0.004"


def test_sentences_and_printed_values(context):
    assert context["sentence"]("survival", "medians_os") == "Longer."
    assert context["printed"]("t7_age_hr") == "1.018"


@pytest.mark.parametrize(
    "ask",
    [
        lambda c: c["num"]("survival", "median", endpoint="os"),
        lambda c: c["num"]("survival", "mean", endpoint="os"),
        lambda c: c["num"]("nowhere", "median"),
        lambda c: c["sentence"]("survival", "medians_pfs"),
        lambda c: c["printed"]("no_such_id"),
    ],
)
def test_a_wrong_question_is_an_error(context, ask):
    with pytest.raises(LookupError):
        ask(context)


def test_fidelity_table_has_a_row_for_each_target():
    rows = pd.DataFrame(
        [["a", "A|B", "1", "1", "hit", ""], ["b", "B", "2", "3", "miss", "why"]],
        columns=["id", "target", "printed", "achieved", "verdict", "reason"],
    )
    text = fidelity_table(rows)
    assert text.count("\n") == 3 and r"A\|B" in text and "| miss | why |" in text


def test_a_missing_fidelity_table_is_bad_input_with_a_remedy(tmp_path):
    study = replace(STUDY, article=replace(STUDY.article, fidelity=tmp_path / "fidelity.csv"))
    with pytest.raises(InputError, match="no readable fidelity table; run `make cohort`"):
        page_context(study, {}, {}, {})
    (tmp_path / "fidelity.csv").write_text("target,printed\n")
    with pytest.raises(InputError, match="column achieved: missing column"):
        page_context(study, {}, {}, {})
