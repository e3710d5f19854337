"""Guesses from names and values."""

from __future__ import annotations

import pytest

from living_article.study.drafting import guess
from tests.study.drafting.small_table import table


def test_patient_has_a_name_and_a_value_for_each():
    assert guess.patient(table(weight=["1", "2"], patient_id=["a", "b"])).name == "patient_id"
    assert guess.patient(table(patient_id=["a", "a"])) is None
    assert guess.patient(table(weight=["1", "2"])) is None
    assert guess.patient(table(v1=["1", "2"], labels={"v1": "Patient number"})).name == "v1"


def test_the_language_of_the_labels():
    assert guess.german(table(Alter=["1"], arm=["a"]))
    assert guess.german(table(v1=["1"], labels={"v1": "Geschlecht"}))
    assert guess.german(table({"v1": {"1": "Prüfarm"}}, v1=["1"]))
    assert not guess.german(table(age=["1"], treatment=["a"], labels={"age": "Age at entry"}))


def test_columns_that_identify():
    found = table(**{name: ["a"] for name in ("patient_name", "DateOfBirth", "dob", "first_name", "age", "stage")})
    assert guess.identifying(found) == ["patient_name", "DateOfBirth", "dob", "first_name"]
    assert guess.identifying(table(Geburtsdatum=["a"], Nachname=["a"], Alter=["1"])) == ["Geburtsdatum", "Nachname"]


def test_full_names_identify_in_a_column_of_any_name():
    names = [f"{last}, {first}" for last in ("Doe", "Müller", "Roe", "Kim") for first in ("Jane", "Jörg", "Ann", "Al")]
    assert guess.identifying(table(Patient=names)) == ["Patient"]
    assert guess.identifying(table(Patient=[f"P {i}" for i in range(16)], site=["left lung", "right lung"] * 8)) == []


@pytest.mark.parametrize("name", ["arm", "Treatment", "trt", "group", "horTh", "study_arm", "Behandlung", "Gruppe"])
def test_arm_by_name(name):
    found = table(sex=["m", "f"], **{name: ["a", "b"]})
    assert guess.arm(found).name == name


def test_arm_by_label_or_with_too_many_values():
    assert guess.arm(table(sex=["m", "f"], v7=["1", "2"], labels={"v7": "Treatment arm"})).name == "v7"
    assert guess.arm(table(arm=["a", "b", "c"], sex=["m", "f", "m"])).name == "arm"
    assert guess.arm(table(Regimen=["a", "b", "c"], sex=["m", "f", "m"])).name == "Regimen"


def test_no_arm_is_guessed_from_values_alone():
    assert guess.arm(table(radiotherapy=["yes", "no"], sex=["m", "f"])) is None
    assert guess.arm(table(age=["1", "2", "3"])) is None


@pytest.mark.parametrize(
    "other", ["Prior therapy", "Treatment response", "Treatment stopped", "Blood group", "Therapy line", "Drug allergy"]
)
def test_a_column_with_a_word_of_treatment_is_not_the_arm(other):
    assert guess.arm(table(**{other: ["a", "b"]})) is None
    assert guess.arm(table(**{other: ["a", "b"], "Study group": ["x", "y"]})).name == "Study group"


@pytest.mark.parametrize("name", ["trtgrp", "Therapiegruppe", "TreatmentGroup", "Behandlungsarm", "rand_arm"])
def test_arm_by_a_compound(name):
    assert guess.arm(table(sex=["m", "f"], **{name: ["a", "b"]})).name == name


def test_a_column_named_for_nothing_but_the_arm_goes_before_one_with_further_words():
    assert guess.arm(table(**{"Drug name": ["a", "b"], "group": ["x", "y"]})).name == "group"


def test_ids_that_stand_in_several_rows():
    visits = table(ID=["1", "1", "2", "2"], visit=["1", "2", "1", "2"])
    assert guess.repeated(visits).name == "ID"
    assert guess.repeated(table(site_id=["1", "1", "2", "2"])) is None
    assert guess.repeated(table(ID=["1", "2", "3", "4"])) is None
    assert guess.repeated(table(ID=["1"] * 10)) is None
    assert guess.repeated(table(Nr=[*map(str, range(19)), "7"])).name == "Nr"
    assert guess.repeated(table(number_of_nodes=["1", "2", "3", "4", "4", "1"] * 3)) is None


@pytest.mark.parametrize(
    ("levels", "expected", "said"),
    [
        ({"a": "Drug", "b": "Placebo"}, "b", True),
        ({"1": "Surgery", "0": "No surgery"}, "0", True),
        ({"observation": "O", "control": "C"}, "control", True),
        ({"1": "Prüfarm", "2": "Kontrolle"}, "2", True),
        ({"x": "New thing", "y": "Other thing"}, "x", False),
    ],
)
def test_reference(levels, expected, said):
    assert guess.reference(levels) == (expected, said)


@pytest.mark.parametrize(
    ("values", "codes", "expected"),
    [
        (["0", "1"], {}, {"0": "0", "1": "1"}),
        (["1", "2"], {}, None),
        (["Checked", "Unchecked"], {}, {"Checked": "1", "Unchecked": "0"}),
        (["yes", "no"], {}, {"yes": "1", "no": "0"}),
        (["Alive", "Dead"], {}, {"Alive": "0", "Dead": "1"}),
        (["1:DECEASED", "0:LIVING"], {}, {"1:DECEASED": "1", "0:LIVING": "0"}),
        (["0", "1"], {"0": "dead", "1": "alive"}, {"0": "1", "1": "0"}),
        (["1", "2"], {"1": "Event", "2": "Censored"}, {"1": "1", "2": "0"}),
        (["ja", "nein"], {}, {"ja": "1", "nein": "0"}),
        (["1", "2"], {"1": "lebt", "2": "verstorben"}, {"1": "0", "2": "1"}),
        (["no progression", "progression"], {}, {"no progression": "0", "progression": "1"}),
        (["a", "b"], {}, None),
        (["0", "1", "2"], {}, None),
        (["0", "2"], {}, None),
    ],
)
def test_events_are_recoded_only_when_their_meaning_is_plain(values, codes, expected):
    assert guess.recoding(table({"x": codes}, x=values)["x"]) == expected


def test_response_by_values_or_value_labels():
    column, meant = guess.response(table(x=["CR", "SD", "PD", ""]))
    assert meant == {"CR": "CR", "PD": "PD", "SD": "SD"}
    _, meant = guess.response(table({"x": {"1": "Partial response", "2": "Stable disease"}}, x=["1", "2"]))
    assert meant == {"1": "PR", "2": "SD"}
    assert guess.response(table(x=["CR", "SD", "other"])) is None


def test_lesions_and_adverse_events():
    found = table(
        target_before_mm=["10"], target_after_mm=["7"], weight_before=["70"], weight_after=["69"], nausea=["yes"],
        anaemia=["grade 2"],
    )  # fmt: skip
    assert [(stem, a.name, b.name) for stem, a, b in guess.lesions(found)] == [
        ("target", "target_before_mm", "target_after_mm")
    ]
    graded = table(v9=["0", "2", "4"], labels={"v9": "Neutropenia grade"})
    assert [[column.name for column in kind] for kind in guess.adverse_events(graded)] == [[], ["v9"]]
    assert [[column.name for column in kind] for kind in guess.adverse_events(found)] == [["nausea"], []]


def test_the_value_that_means_yes():
    assert guess.meaning_yes(table(x=["no", "yes"])["x"]) == "yes"
    assert guess.meaning_yes(table(x=["no", "no"])["x"]) is None
    assert guess.meaning_yes(table(x=["a", "b"])["x"]) is None
