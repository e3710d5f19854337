"""Columns of an unknown table: what is put right, and what kind of values they hold."""

from __future__ import annotations

import pandas as pd
import pytest

from living_article.patients.table_files import TableFile
from living_article.study.drafting.columns import columns


def one(values, name="x", **kwargs):
    found, changes = columns(TableFile(pd.DataFrame({name: values}, dtype=object), **kwargs))
    (column,) = found.values()
    return column, changes.get(column.name, "")


@pytest.mark.parametrize(
    ("values", "expected", "told"),
    [
        ([" a ", "b\u200b", "c"], ["a", "b", "c"], "spaces or letters put right"),
        (["\udce4", "b"], ["ä", "b"], "spaces or letters put right"),
        (["NA", "n/a", "1"], ["", "", "1"], "2 cells such as NA emptied"),
        (["1,5", "2", "0,25"], ["1.5", "2", "0.25"], "decimal commas made points"),
        (["1.0", "0.0", ""], ["1", "0", ""], "whole numbers written without .0"),
        (["1.2.2020", "31. 12. 2021"], ["2020-02-01", "2021-12-31"], "dates written year-month-day"),
        (["2020-02-01 00:00:00", ""], ["2020-02-01", ""], "dates written year-month-day"),
        (["2020-2-1", "2021-12-31"], ["2020-02-01", "2021-12-31"], "dates written year-month-day"),
        (
            ["1,5", "k.A.", "unbekannt", "2"],
            ["1.5", "", "", "2"],
            "2 cells such as NA emptied, decimal commas made points",
        ),
        (["2020-02-01", "unbekannt"], ["2020-02-01", ""], "1 cells such as NA emptied"),
        (["m", "f", "m", "f", "M", "f"], ["m", "f", "m", "f", "m", "f"], "'M' written m"),
    ],
)
def test_what_has_one_meaning_is_put_right_and_told(values, expected, told):
    column, change = one(values)
    assert column.cells.tolist() == expected
    assert change == told


@pytest.mark.parametrize(
    "values",
    [
        ["1,234", "2,500"],
        ["1,5", "a"],
        ["01/02/2020", "03/04/2020"],
        ["1.0", "2.5"],
        ["-", "+"],
        ["none", "x"],
        ["unknown", "no"],
    ],
)
def test_what_could_mean_two_things_is_left_as_it_is(values):
    column, change = one(values)
    assert column.cells.tolist() == values
    assert change == ""


def test_kinds_of_values():
    assert one(["1", "2.5", ""])[0].numeric
    assert one(["1", "2", ""])[0].whole
    assert not one(["1", "2.5"])[0].whole
    assert not one(["", ""])[0].numeric
    assert one(["2020-01-01", ""])[0].dates
    assert not one(["2020-13-01"])[0].dates


def test_levels_follow_value_labels_numbers_or_the_alphabet():
    assert one(["10", "9", "1"])[0].levels == ["1", "9", "10"]
    assert one(["b", "A", "c"])[0].levels == ["A", "b", "c"]
    column, _ = one(["1", "2", "9"], levels={"x": {"2": "Two", "1": "One", "3": "Three"}})
    assert column.levels == ["2", "1", "9"]
    assert [column.level_label(level) for level in column.levels] == ["Two", "One", "9"]
    assert one(["soft_tissue"])[0].level_label("soft_tissue") == "Soft tissue"


@pytest.mark.parametrize(
    ("name", "label", "expected", "unit"),
    [
        ("tumour_size_mm", "", "Tumour size", "mm"),
        ("tumourSize", "", "Tumour size", None),
        ("LDH", "", "LDH", None),
        ("ldh_baseline", "", "LDH baseline", None),
        ("ecog", "", "ECOG", None),
        ("x1", "Age at diagnosis (years)", "Age at diagnosis", "years"),
        ("t_stage", "", "T stage", None),
        ("Age (years)", "", "Age", "years"),
        ("Albumin g/L", "", "Albumin", "g/L"),
        ("LDH [U/l]", "", "LDH", "U/l"),
        ("Lag", "", "Lag", None),
        ("Größe Primärtumor (cm)", "", "Größe Primärtumor", "cm"),
        ("Alter bei Diagnose (Jahre)", "", "Alter bei Diagnose", "Jahre"),
        ("T-Stadium", "", "T-Stadium", None),
        ("Comorbidities (choice=Renal failure)", "", "Comorbidities: Renal failure", None),
        ("Sex (1=male, 2=female)", "", "Sex", None),
        ("Age (y)", "", "Age", None),
        ("Age_y", "", "Age y", None),
    ],
)
def test_label_and_unit_come_from_label_or_name(name, label, expected, unit):
    column, _ = one(["1"], name, labels={name: label})
    assert (column.label, column.unit) == (expected, unit)


def test_codes_for_missing_are_emptied_and_the_labels_of_a_number_make_no_levels():
    levels = {"x": {"-9": "fehlend", "999": "unknown"}}
    column, change = one(["60", "-9", "71", "999", "60"], levels=levels)
    assert column.cells.tolist() == ["60", "", "71", "", "60"]
    assert (column.codes, change) == ({}, "2 cells emptied, their code means missing")
    column, change = one(["0", "3", "10", "7", "5"], levels={"x": {"0": "no pain", "10": "worst pain"}})
    assert (column.codes, change) == ({}, "")


def test_points_before_three_digits_are_told_where_commas_are_decimal():
    cells = {"Hb": ["12,5", "11,25"], "platelets": ["250.000", "187.000"], "ratio": ["1.25", "2.5"]}
    _, changes = columns(TableFile(pd.DataFrame(cells, dtype=object)))
    assert "if they mark thousands" in changes["platelets"] and "ratio" not in changes
    _, changes = columns(TableFile(pd.DataFrame({"crp": ["1.234", "0.501"]}, dtype=object)))
    assert changes == {}


def test_a_name_explains_its_codes():
    column, _ = one(["1", "2", "1"], "Sex (1=male, 2=female)")
    assert column.codes == {"1": "male", "2": "female"}
    assert column.words == ["sex"]
    assert one(["x", "y"], "Sex (1=male, 2=female)")[0].codes == {}


def test_labels_fit_into_a_study_file():
    long = "How would you rate | your `health` [1-5] in general, compared with all other people of your age?"
    label = one(["1"], "x1", labels={"x1": long})[0].label
    assert len(label) == 60 and label.startswith("How would you rate your health 1-5 in general")
    assert one(["1"], levels={"x": {"1": "{{ x }}"}})[0].level_label("1") == "X"


def test_names_are_put_right_and_stay_different():
    found, changes = columns(TableFile(pd.DataFrame([["1", "2"]], columns=["age", " age\n"])))
    assert list(found) == ["age", "age_2"]
    assert "renamed" in changes["age_2"]


def test_letters_beyond_ascii_belong_to_words_and_digits_beyond_it_are_no_numbers():
    assert one(["ja"], name="Übelkeit")[0].label == "Übelkeit"
    assert one(["1"], name="Körpergröße")[0].words == ["körpergröße".casefold()]
    assert not one(["٣٤"])[0].numeric
