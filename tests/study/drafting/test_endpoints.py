"""Endpoints with their events and dates."""

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


def test_the_event_is_written_as_one_and_zero():
    made = draft(TableFile(patients()), "x")
    assert (made.table["OS status"] == patients()["OS status"].map({"dead": "1", "alive": "0"})).all()
    assert "event: OS status  # guessed: the copied table has 1 for the event: alive → 0, dead → 1" in made.text
