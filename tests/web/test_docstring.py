from __future__ import annotations

from bs4 import BeautifulSoup

from living_article.web.docstring import typeset

TEXT = """Return the mean up to ``tau``, see `curve` :math:`\\tau^2`.

    Parameters
    ----------
    tau : float
        Months.

    Raises
    ------
    ValueError
        If `tau` is not positive.
    """


def test_sections_become_titles_with_lists():
    found = BeautifulSoup(typeset(TEXT), "html.parser")
    assert [strong.get_text() for strong in found.select("strong")] == ["Parameters", "Raises"]
    assert [dt.get_text().replace(" ", "") for dt in found.select("dt")] == ["taufloat", "ValueError"]
    assert {span.get_text() for span in found.select(".literal")} == {"tau", "curve"}
    assert found.find("math") is not None


def test_what_docutils_does_not_understand_is_shown_as_written():
    assert "*open" in typeset("An *open end, and <tags>.")
    assert "&lt;tags&gt;" in typeset("An *open end, and <tags>.")
    assert typeset("") == '<div class="docstring"></div>'
