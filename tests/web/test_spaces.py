from __future__ import annotations

import pytest

from living_article.web.spaces import kept


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("is not significant (P = 0.108) by", "is not significant (P~=~0.108) by"),
        ("P < 0.001 and χ² = 4.333", "P~<~0.001 and χ²~=~4.333"),
        ("Etoposide + ifosfamide (n = 40)", "Etoposide + ifosfamide (n~=~40)"),
        ("5 (12.50)", "5~(12.50)"),
        ("< 0.001", "<~0.001"),
        ("between = 4 and a < b", "between = 4 and a < b"),
    ],
)
def test_a_statistic_and_its_value_stay_together(text, shown):
    assert kept(text) == shown.replace("~", "\N{NO-BREAK SPACE}")
