from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.transforms import Bbox

from living_article.display.files import drawn, write_figure, write_table

BADGE = "Invented patients"


@pytest.fixture
def drawing():
    figure, (left, right) = plt.subplots(1, 2)
    left.set_title("Panel A")
    left.plot([0, 1], [1, 0.5], color="#0072b2")
    left.plot([0, 2], [1, 0.25], label="direct")
    left.scatter([1], [0.5])
    left.legend([plt.Line2D([], [], color="#0072b2")], ["from the legend"])
    left.plot([5], [5])[0].set_visible(False)
    right.barh([0, 1], [3, 4])
    right.axvline(2)
    right.set_yticks([0, 1], ["Age", "Sex"])
    right.text(1, 1, "a\nnote")
    yield figure
    plt.close(figure)


def test_every_shape_is_told_with_its_coordinates(drawing):
    found = drawn(drawing)
    assert found["shape"].value_counts().to_dict() == {"line": 4, "bar": 2, "across": 2, "point": 1, "text": 1}
    lines = found[found["shape"] == "line"]
    assert lines["series"].tolist() == ["from the legend"] * 2 + ["direct"] * 2
    assert lines[["x", "y"]].to_numpy().tolist() == [[0, 1], [1, 0.5], [0, 1], [2, 0.25]]
    assert found["panel"].unique().tolist() == ["Panel A", "2"]
    assert found.loc[found["shape"] == "bar", "width"].tolist() == [3, 4]
    assert found.loc[found["shape"] == "text", ["text", "y_label"]].to_numpy().tolist() == [["a note", "Sex"]]


def test_files_of_a_figure_are_the_same_each_time(drawing, tmp_path):
    for name in ("one", "two"):
        write_figure(drawing, Bbox([[0, 0], [3, 2]]), tmp_path / name, BADGE)
    assert plt.imread(tmp_path / "one.png").shape[:2] == (300, 450)
    for ending in ("png", "csv"):
        assert (tmp_path / f"one.{ending}").read_bytes() == (tmp_path / f"two.{ending}").read_bytes()
    assert set(pd.read_csv(tmp_path / "one.csv")["data"]) == {BADGE}


def test_a_table_is_written_with_its_cells(tmp_path):
    write_table([["", "Arm, A"], ["Age", "40 (3)"]], tmp_path / "table-1", BADGE)
    assert (tmp_path / "table-1.csv").read_text() == f',"Arm, A",data\nAge,40 (3),{BADGE}\n'
    write_table([["a"], ["1"]], tmp_path / "table-2", "")
    assert (tmp_path / "table-2.csv").read_text() == "a\n1\n"
