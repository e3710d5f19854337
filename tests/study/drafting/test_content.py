"""A study file in the making."""

import pandas as pd

from living_article.study.drafting.content import Draft, slug


def test_guesses_questions_and_remarks_stand_in_the_text():
    made = Draft({"id": "x", "unit": "?"}, pd.DataFrame())
    made.guessed("the folder", "id")
    made.asked("which?", "unit")
    made.remarks.append("row 3: left out")
    lines = made.text.splitlines()
    assert "id: x  # guessed: the folder" in lines and "unit: '?'  # to decide: which?" in lines
    assert lines[-1] == "# - row 3: left out"


def test_ids_are_readable():
    assert slug("Größe Primärtumor (cm)") == "Groesse_Primaertumor_cm"
    assert slug("Âge à l’inclusion") == "Age_a_linclusion"
    assert (slug("arm"), slug("***")) == ("arm_covariate", "column")
