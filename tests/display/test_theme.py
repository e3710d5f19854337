"""The badge stands below everything else, also below a legend of the figure, when the figure is exported."""

import io

import matplotlib.pyplot as plt
import pytest

from living_article.display import theme


def test_export_does_not_drag_a_legend_onto_the_badge():
    theme.use()
    figure, axes = plt.subplots(figsize=(5, 3), layout="constrained")
    axes.plot([0, 1], label="line")
    legend = figure.legend(loc="outside lower center")
    box = theme.stamp(figure, "Simulated patients")
    badge, places = figure.texts[-1], []

    def place(event):
        places.append((legend.get_window_extent().y0, badge.get_window_extent().y1))

    figure.canvas.mpl_connect("draw_event", place)
    figure.savefig(io.BytesIO(), format="png", dpi=figure.dpi, bbox_inches=box)
    assert places and all(bottom > top for bottom, top in places)
    plt.close(figure)


@pytest.mark.parametrize("badge", ["Short", "A badge that is far longer than the drawing above it is wide"])
def test_the_box_holds_all_that_is_drawn(badge):
    theme.use()
    figure, axes = plt.subplots(figsize=(3, 2), layout="constrained")
    axes.text(1.2, 0.5, "outside", transform=axes.transAxes)
    axes.set_yscale("log")
    box = theme.stamp(figure, badge)
    figure.canvas.draw()
    all_of_it = figure.get_tightbbox(figure.canvas.get_renderer())
    assert all(box.contains(*corner) for corner in all_of_it.corners())
    assert box.width - all_of_it.width < 0.2 and box.height - all_of_it.height < 0.2
    plt.close(figure)


def test_arms_have_roles():
    from living_article.study.model import Arm, Arms

    arms = Arms("arm", Arm("new", "New", "New", "New"), Arm("old", "Old", "Old", "Old"))
    assert [theme.role(arms, arm) for arm in arms] == ["treated", "reference"]
