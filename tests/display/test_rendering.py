"""Figures rendered beside the kernel: the same text, and nothing that went wrong there is lost."""

import os
import warnings

import pytest

from living_article.display import rendering


@pytest.fixture
def aside(tmp_path, monkeypatch):
    monkeypatch.setenv(rendering.ASIDE, str(tmp_path))
    monkeypatch.setattr(rendering, "_begun", [])
    return tmp_path


def test_without_a_folder_it_is_rendered_at_once(monkeypatch):
    monkeypatch.setenv(rendering.ASIDE, "")
    assert rendering.rendered("figure-1", lambda: "<svg/>") == "<svg/>"


def test_aside_another_process_renders_and_the_placeholder_is_filled(aside):
    ours, numbers = os.getpid(), [1]
    shown = rendering.rendered("figure-1", lambda: f"<svg>{os.getpid()} {numbers}</svg>")
    numbers.append(2)  # the cells after it go on
    rendering.finish()
    process, told = rendering.filled(shown, aside).removeprefix("<svg>").removesuffix("</svg>").split(" ", 1)
    assert int(process) != ours and told == "[1]"


def test_what_is_no_placeholder_stays(aside):
    assert rendering.filled('<?xml version="1.0"?>\n<svg/>', aside) == '<?xml version="1.0"?>\n<svg/>'


def test_a_figure_that_was_not_waited_for_is_an_error(aside):
    shown = '<svg data-rendered="figure-9"/>'
    with pytest.raises(FileNotFoundError, match="figure-9"):
        rendering.filled(shown, aside)


def test_an_error_names_figure_and_reason(aside):
    rendering.rendered("figure-2", lambda: 1 / 0)
    with pytest.raises(RuntimeError, match=r"(?s)figure-2 could not be drawn: .*ZeroDivisionError"):
        rendering.finish()


def test_a_process_that_takes_too_long_is_ended(aside, monkeypatch):
    import time

    monkeypatch.setattr(rendering, "_LONGEST", 0.2)
    rendering.rendered("figure-2", lambda: time.sleep(60))
    [(process, _)] = rendering._begun
    with pytest.raises(RuntimeError, match=r"no figure within 0\.2 seconds"):
        rendering.finish()
    process.join(5)
    assert process.exitcode is not None


def test_warnings_reach_the_kernel(aside):
    def render():
        warnings.warn("a glyph is missing", stacklevel=1)
        return "<svg/>"

    shown = rendering.rendered("figure-3", render)
    with pytest.warns(UserWarning, match="figure-3: a glyph is missing"):
        rendering.finish()
    assert rendering.filled(shown, aside) == "<svg/>"
