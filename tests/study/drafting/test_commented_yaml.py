"""YAML for people: it reads back as it was, whatever stands in keys, values and comments."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from living_article.study.drafting.commented_yaml import commented, one_line

TEXT = st.text(max_size=20)
KEY = st.text(min_size=1, max_size=12)
LEAF = TEXT | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.lists(TEXT, max_size=3)
CONTENT = st.dictionaries(KEY, LEAF | st.dictionaries(KEY, LEAF | st.dictionaries(KEY, TEXT, max_size=3), max_size=3))


@given(CONTENT, TEXT)
def test_what_is_written_reads_back(content, comment):
    comments = {(key,): comment for key in content}
    comments |= {(key, child): comment for key, value in content.items() if isinstance(value, dict) for child in value}
    assert (yaml.safe_load(commented(content, comments)) or {}) == content
    assert (yaml.safe_load(commented(content, {})) or {}) == content


def test_comments_stand_at_the_end_of_their_line():
    text = commented({"arms": {"column": "arm", "levels": {"yes": "Yes"}}}, {("arms", "column"): "guessed:\nso"})
    assert text == "arms:\n  column: arm  # guessed: so\n  levels: {'yes': 'Yes'}\n\n"


def test_a_comment_cannot_become_content():
    assert one_line("a\nb: c\u2028\x85d\te") == "a b: c d e"
