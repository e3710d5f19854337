"""The patient flow counts whom each rule leaves out."""

import matplotlib.pyplot as plt

from living_article.cohort import Step
from living_article.display.figures import methods
from living_article.study.model import Arm, Arms

ARMS = Arms("arm", Arm("new", "New drug", "New", "New"), Arm("old", "Old drug", "Old", "Old"))
FLOW = (Step("table", "In the patient table", {"new": 6, "old": 5}), Step("adult", "Adults", {"new": 4, "old": 4}))


def test_lines_of_a_box():
    assert methods.flow_lines(FLOW[0], None) == ["In the patient table", "11 patients"]
    assert methods.flow_lines(FLOW[1], FLOW[0]) == ["Adults", "8 patients (3 left out)"]


def test_every_box_is_drawn():
    figure = methods.patient_flow(ARMS, FLOW, {"new": ["4 analysed"], "old": ["4 analysed"]}, ["External: 9"])
    texts = [text.get_text() for text in figure.axes[0].texts]
    for line in ("8 patients (3 left out)", "New drug", "Old drug", "4 analysed", "External: 9"):
        assert line in texts
    plt.close(figure)
