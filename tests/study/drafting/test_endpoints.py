"""Endpoints with their events and dates."""

import pytest

from living_article.errors import InputError
from living_article.patients.check import check
from living_article.patients.table_files import TableFile
from living_article.study.drafting.draft import draft
from tests.study.drafting.patients import patients


def test_dates_are_taken_where_enrolment_and_last_contact_are_known():
    day = [f"2020-01-{i % 28 + 1:02d}" for i in range(80)]
    table = patients().assign(enrolled_on=day, died_on=day, last_contact=day, x_ray_on=day)
    made = draft(TableFile(table), "x")
    assert made.content["dates"] == {"enrolled": "enrolled_on", "last_contact": "last_contact"}
    assert made.content["endpoints"]["os"]["date"] == "died_on"
    assert "x_ray_on: a date that is not analysed" in made.remarks
    assert "2020" not in made.text


def test_dates_of_an_export_are_known_by_short_names():
    table = patients().assign(rand_date="2020-01-02", last_fu_date="2021-01-02")
    assert draft(TableFile(table), "x").content["dates"] == {"enrolled": "rand_date", "last_contact": "last_fu_date"}


def test_the_event_is_written_as_one_and_zero():
    made = draft(TableFile(patients()), "x")
    deaths = patients()["OS status"].eq("dead").sum()
    assert (made.table["OS status"] == patients()["OS status"].map({"dead": "1", "alive": "0"})).all()
    assert (
        f"event: OS status  # guessed: the copied table has 1 for the event, in {deaths} of 80 patients: alive → 0, dead → 1"
        in made.text
    )


def test_a_unit_that_no_name_tells_is_asked_and_the_check_waits_for_it(tmp_path):
    made = draft(TableFile(patients().rename(columns={"OS months": "OS"})), "x")
    assert "unit: '?'  # to decide: days, weeks, months or years?" in made.text
    (tmp_path / "study.yml").write_text(made.text, encoding="utf-8")
    (problem,) = map(str, check(tmp_path / "study.yml"))
    assert problem.endswith("endpoints.os.unit: left to decide; use one of days, weeks, months, years")


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        (
            "OS status",
            ["1", "2"],
            "column OS status: 1 and 2 do not say what is the event; rename the column to what is true",
        ),
        ("OS cens", ["0", "1"], "column OS cens: 0 and 1 do not say what is the event"),
        ("OS death", ["x", ""], "column OS death: 'x' or an empty cell, which may mean no event"),
        ("OS death", ["1", ""], "column OS death: '1' or an empty cell"),
        ("OS status", ["0", "1", "2", "0"], "column OS status: 3 values, and an event has two"),
    ],
)
def test_what_is_the_event_is_asked(name, values, expected):
    table = patients().drop(columns="OS status").assign(**{name: (values * 80)[:80]})
    with pytest.raises(InputError) as refusal:
        draft(TableFile(table), "x", "t.csv")
    assert expected in str(refusal.value)


@pytest.mark.parametrize("answer", ["(0=event, 1=censored)", "(0=censored, 1=event)"])
def test_the_names_that_the_question_offers_are_understood(answer):
    table = patients().drop(columns="OS status").assign(**{"OS cens": ["0", "0", "0", "1"] * 20})
    with pytest.raises(InputError) as question:
        draft(TableFile(table), "x")
    assert f"'OS cens {answer}'" in str(question.value)
    made = draft(TableFile(table.rename(columns={"OS cens": f"OS cens {answer}"})), "x")
    assert f"in {60 if answer.startswith('(0=event') else 20} of 80 patients" in made.text


def test_the_name_of_the_event_column_may_answer():
    table = patients().rename(columns={"OS status": "OS status (1=dead, 2=alive)"})
    table["OS status (1=dead, 2=alive)"] = patients()["OS status"].map({"dead": "1", "alive": "2"})
    made = draft(TableFile(table), "x")
    assert (made.table["OS status (1=dead, 2=alive)"] == patients()["OS status"].map({"dead": "1", "alive": "0"})).all()


@pytest.mark.parametrize("wrong", ["-3", "12 months"])
def test_a_time_that_is_none_is_told_with_its_row(wrong):
    table = patients()
    table.loc[17, "OS months"] = wrong
    with pytest.raises(InputError) as refusal:
        draft(TableFile(table), "x", "t.csv")
    told = f"t.csv, row 17, column OS months, value '{wrong}': a time has to be a number from 0"
    assert str(refusal.value).startswith(told)


def test_dates_alone_are_answered_by_what_to_compute():
    table = patients().drop(columns="OS months").assign(died_on="2020-01-02")
    with pytest.raises(InputError, match="times are not computed from dates: add a column such as os_days"):
        draft(TableFile(table), "x")
