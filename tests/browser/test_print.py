"""What is printed is light, whatever the screen is."""

from __future__ import annotations


def test_a_dark_page_is_printed_in_light_colours_and_stays_dark_on_screen(show):
    page = show("index", theme="dark")
    themes = page.evaluate(
        "['beforeprint', 'afterprint'].map(event => {"
        " dispatchEvent(new Event(event)); return document.documentElement.dataset.theme; })"
    )
    assert themes == ["light", "dark"]
