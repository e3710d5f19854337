"""The badge stands below everything else, also below a legend of the figure, when the figure is exported."""

import io

import matplotlib.pyplot as plt

from living_article.display import theme


def test_export_does_not_drag_a_legend_onto_the_badge():
    theme.use()
    figure, axes = plt.subplots(figsize=(5, 3), layout="constrained")
    axes.plot([0, 1], label="line")
    legend = figure.legend(loc="outside lower center")
    theme.stamp(figure, "Simulated patients")
    badge, places = figure.texts[-1], []

    def place(event):
        places.append((legend.get_window_extent().y0, badge.get_window_extent().y1))

    figure.canvas.mpl_connect("draw_event", place)
    figure.savefig(io.BytesIO(), format="png", dpi=figure.dpi, bbox_inches="tight")
    assert places and all(bottom > top for bottom, top in places)
    plt.close(figure)


def test_arms_have_roles():
    from living_article.study.model import Arm, Arms

    arms = Arms("arm", Arm("new", "New", "New", "New"), Arm("old", "Old", "Old", "Old"))
    assert [theme.role(arms, arm) for arm in arms] == ["treated", "reference"]
