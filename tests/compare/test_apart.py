"""Results of real patients side by side: refused if nearly the same, and what would tell of a few is hidden."""

from dataclasses import replace

import pytest

from living_article.compare.apart import apart
from living_article.compare.sides import ResultFile, side_of
from living_article.disclosure.population import Population
from living_article.errors import InputError
from living_article.records import Results

WHOLE = Population("s", "patients", 5, "abc", (), (), {"new": 55, "old": 40})
PART = replace(WHOLE, part=("sex = male",), arms={"new": 30, "old": 20})


def side(about: Population | None, events: tuple[int, int], patients=(55, 40), section="survival"):
    results = Results(section)
    for arm, number, all_ in zip(("new", "old"), events, patients, strict=True):
        results.add("patients", endpoint="os", group=arm, value=all_, unit="patients")
        results.add("events", endpoint="os", group=arm, value=number, unit="events")
    results.add("hazard_ratio", endpoint="os", value=0.7, unit="hazard ratio")
    return side_of("x", [ResultFile(section, list(results), 0.05, "Real patients", about)])


def values(side, name):
    return [number.value for key, number in side.numbers.items() if key[1] == name]


def test_nearly_the_same_patients_are_refused():
    fewer = replace(WHOLE, table="def", arms={"new": 52, "old": 40})
    with pytest.raises(InputError, match="nearly the same real patients"):
        apart(side(WHOLE, (40, 30)), side(fewer, (38, 30), (52, 40)))
    with pytest.raises(InputError):
        apart(side(WHOLE, (40, 30), section="cox"), side(fewer, (38, 30), (52, 40))), "whatever the sections are"


def test_counts_of_a_part_that_leave_a_few_of_the_whole_are_hidden():
    first, second = apart(side(WHOLE, (40, 30)), side(PART, (37, 15), (30 + 15, 20)))
    assert values(first, "events") == [40, 30]
    assert values(second, "events")[0] is None, "three events are left over"
    assert values(second, "hazard_ratio") == [0.7]


def test_the_complete_cases_of_two_models_may_not_tell_of_a_few():
    first, second = apart(side(WHOLE, (40, 30)), side(WHOLE, (37, 30), (52, 40)))
    assert values(second, "patients")[0] is None and values(second, "events")[0] is None


def test_the_same_patients_counted_in_another_way_tell_of_no_few():
    first, second = apart(side(WHOLE, (40, 30)), side(WHOLE, (38, 30)))
    assert values(first, "events") == [40, 30] and values(second, "events")[0] is None
    again = side(WHOLE, (40, 30))
    assert [found.numbers for found in apart(again, again)] == [again.numbers] * 2


@pytest.mark.parametrize(
    "other",
    [None, replace(WHOLE, kind="reconstructed"), replace(WHOLE, study="elsewhere", table="def")],
)
def test_others_stand_as_they_are(other):
    sides = side(WHOLE, (40, 30)), side(other, (38, 30))
    assert [found.numbers for found in apart(*sides)] == [given.numbers for given in sides]
