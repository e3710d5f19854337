from __future__ import annotations

from living_article.web import accessible


def test_the_box_around_a_table_takes_the_focus_and_has_a_name():
    found = accessible.reachable(f'{accessible.BOX}<table class="table">', 'Table 1. "Age" & sex')
    assert 'tabindex="0" role="region" aria-label="Table 1. &quot;Age&quot; &amp; sex"' in found
    assert found.endswith('<table class="table">')


def test_a_bibliography_entry_is_an_item_of_its_list():
    assert accessible.listed('<div role="doc-biblioentry">') == '<div role="listitem">'


def test_the_site_has_both(mini, built):
    table = (built.site / "notebooks" / "beta.html").read_text()
    assert 'tabindex="0" role="region" aria-label="Table 3. Two numbers.' in table
    references = (built.site / "book" / "last.html").read_text()
    assert 'role="listitem"' in references and "doc-biblioentry" not in references
