"""The patient flow counts whom each rule leaves out."""

import matplotlib.pyplot as plt

from living_article.display.figures import methods
from living_article.patients.cohort import Step
from living_article.records import Results
from living_article.study.model import Arm, Arms

ARMS = Arms("arm", Arm("new", "New drug", "New", "New"), Arm("old", "Old drug", "Old", "Old"))
FLOW = (Step("table", "In the patient table", {"new": 6, "old": 5}), Step("adult", "Adults", {"new": 4, "old": 4}))


def records(limit=0):
    results = Results("methods", limit=limit)
    results.add("remaining", term="table", value=11, unit="patients")
    results.add("remaining", term="adult", value=8, unit="patients")
    results.add("left_out", term="adult", value=3, unit="patients")
    for arm in ("new", "old"):
        results.add("remaining", group=arm, term="adult", value=4, unit="patients")
    return results


def test_lines_of_a_box():
    assert methods.flow_lines(FLOW[0], records()) == ["In the patient table", "11 patients"]
    assert methods.flow_lines(FLOW[1], records()) == ["Adults", "8 patients (3 left out)"]


def test_a_small_number_left_out_is_hidden_and_does_not_follow_from_the_other_boxes():
    assert methods.flow_lines(FLOW[1], records(limit=4)) == ["Adults", "8 patients (< 4 left out)"]
    assert methods.flow_lines(FLOW[0], records(limit=4)) == [
        "In the patient table",
        "an undisclosed number of patients",
    ]


def test_every_box_is_drawn():
    figure = methods.patient_flow(
        ARMS, FLOW, records(), {"new": ["4 analysed"], "old": ["4 analysed"]}, ["External: 9"]
    )
    texts = [text.get_text() for text in figure.axes[0].texts]
    for line in ("8 patients (3 left out)", "New drug", "Old drug", "4 analysed", "External: 9"):
        assert line in texts
    plt.close(figure)
