"""What reaches the notebook: numbered, captioned, with its provenance, and never blank."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from living_article.display import emit, theme

BADGE = "Simulated cohort"


@pytest.fixture
def shown(monkeypatch):
    outputs = []
    monkeypatch.setattr(emit, "display", lambda data, raw, metadata=None: outputs.append((data, metadata)))
    return outputs


def drawing():
    theme.use()
    figure, axes = plt.subplots()
    axes.plot([0, 1], [0, 1])
    return figure


@pytest.mark.parametrize(
    ("name", "title"), [("figure-2", "Figure 2"), ("figure-5a", "Figure 5A"), ("table-s3", "Table S3")]
)
def test_title(name, title):
    assert emit.title(name) == title


@pytest.mark.parametrize("name", ["fig-2", "figure-", "Figure-2", "table-2x"])
def test_a_name_of_another_form_is_refused(name):
    with pytest.raises(ValueError, match="not of the form"):
        emit.title(name)


def test_figure_carries_number_caption_alt_and_provenance(shown):
    emit.figure(drawing, "figure-2", "Survival.", "Curves part.", BADGE)
    [(data, metadata)] = shown
    facts = metadata[emit.KEY]
    assert facts["caption"] == "**Figure 2.** Survival. *Simulated cohort.*"
    assert facts["alt"] == "Curves part. Simulated cohort."
    assert data["image/svg+xml"].startswith("<?xml")


def test_two_drawings_are_byte_identical(shown):
    for _ in range(2):
        emit.figure(drawing, "figure-2", "Survival.", "Curves part.", BADGE)
    assert shown[0] == shown[1]


def test_figure_without_alt_text_is_refused(shown):
    with pytest.raises(ValueError, match="alt text"):
        emit.figure(drawing, "figure-2", "Survival.", " ", BADGE)


def test_table_is_a_labelled_directive_and_html(shown):
    frame = pd.DataFrame({"n | %": ["1 <b>"]}, index=["Age"]).rename_axis("Row")
    emit.table(frame, "table-1", "Baseline.", ("A note.",), BADGE)
    [(data, _)] = shown
    assert ":::{table} **Table 1.** Baseline. *Simulated cohort.*\n:name: table-1" in data["text/markdown"]
    assert r"| Row | n \| % |" in data["text/markdown"]
    assert "A note." in data["text/markdown"]
    assert "<td>1 &lt;b&gt;</td>" in data["text/html"] and '<th scope="row">Age</th>' in data["text/html"]


def test_numbers_are_set_right_and_words_left(shown):
    frame = pd.DataFrame(
        {"P": ["< 0.001", "–"], "Why": ["95 patients are few", "stated in the text"], "Test": ["t test", "–"]},
        index=["Age", "Sex"],
    )
    frame["Difference"] = ["−7.0 (−21.1 to 4.7)", "not estimable"]
    emit.table(frame, "table-1", "Baseline.", (), BADGE)
    [(data, _)] = shown
    assert "| :--- | ---: | ---: | :--- | ---: |" in data["text/markdown"]


def test_a_blank_cell_is_refused(shown):
    with pytest.raises(ValueError, match="blank"):
        emit.table(pd.DataFrame({"a": [None]}), "table-1", "Baseline.", (), BADGE)


@pytest.mark.parametrize("text", ["", "  ", "Median was nan months.", "It was None.", "It was {median}."])
def test_a_sentence_with_a_hole_is_refused(shown, text):
    with pytest.raises(ValueError, match="blank"):
        emit.paragraph(text)


def test_a_sentence_with_citation_braces_passes(shown):
    emit.paragraph("Nothing is finite, and infinity is a word.")
    assert shown[0][0]["text/markdown"].startswith("Nothing")


def test_where_only_records_are_wanted_nothing_is_rendered(monkeypatch):
    import matplotlib.pyplot as plt

    calls = []
    monkeypatch.setattr(emit, "display", lambda *given, **_: calls.append(given))
    monkeypatch.setenv(emit.DRAWN, "no")
    emit.figure(pytest.fail, "figure-1", "A caption.", "An alt text.", "Badge")
    assert calls == []
    with pytest.raises(ValueError, match="caption"):
        emit.figure(pytest.fail, "figure-1", " ", "An alt text.", "Badge")
    monkeypatch.setenv(emit.DRAWN, "yes")
    emit.figure(plt.figure, "figure-1", "A caption.", "An alt text.", "Badge")
    assert len(calls) == 1
