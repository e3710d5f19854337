"""Records of patients, events and risk groups."""

import numpy as np
import pandas as pd

from living_article.analysis.calibration_records import add_counts, add_groups
from living_article.analysis.model_frame import ModelFrame
from living_article.records import Results
from living_article.statistics.design import Design
from living_article.study.model import Endpoint

OS = Endpoint("os", "Overall survival", "OS", "t", "e", "months", "death")


def test_events_are_counted_up_to_and_including_the_horizon():
    frame = pd.DataFrame({"t": [1.0, 2.0, 3.0, 4.0], "e": [1, 1, 0, 1]})
    results = Results("validation")
    add_counts(results, "external_", ModelFrame(frame, Design(frame[[]], ()), OS, 0), [2.0, 3.5])
    assert results.one("external_patients").value == 4
    assert [results.one("external_events", horizon=h).value for h in (None, 2.0, 3.5)] == [3, 2, 2]


def test_a_group_without_events_has_no_interval():
    columns = ["group", "n", "events", "predicted", "observed", "low", "high", "reason"]
    rows = [
        (1, 9, 0, 0.05, 0.0, 0.0, 0.0, None),
        (2, 9, 4, 0.4, 0.5, 0.2, 0.8, None),
        (3, 9, 1, 0.9, *[np.nan] * 3, "why"),
    ]
    results = Results("validation")
    add_groups(results, "", pd.DataFrame(rows, columns=columns), OS, 12.0)
    first, second, third = results.select("group_observed")
    assert (first.value, first.low, first.high) == (0.0, None, None) and "no event" in first.note
    assert (second.low, second.high, second.note) == (0.2, 0.8, None)
    assert third.value is None and third.note == "why"
