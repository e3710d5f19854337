from __future__ import annotations

import pytest

from living_article.errors import InputError
from living_article.run.overrides import from_file, from_pairs, merged


def test_pairs_are_sorted_by_section():
    assert from_pairs(["cox.alpha=0.1", "cox.terms=a.b,c", "survival.alpha=0.2"]) == {
        "cox": {"alpha": "0.1", "terms": "a.b,c"},
        "survival": {"alpha": "0.2"},
    }


@pytest.mark.parametrize("pair", ["alpha=0.1", ".alpha=0.1", "cox.=0.1", "cox.alpha"])
def test_a_pair_of_another_form_is_refused(pair):
    with pytest.raises(InputError, match="not (section.)?name=value"):
        from_pairs([pair])


def test_the_command_line_wins_over_the_file(tmp_path):
    file = tmp_path / "params.yml"
    file.write_text("cox: {alpha: 0.1, threshold: 0.2}\nsurvival: {milestones: [6, 12]}\n")
    assert merged(file, ["cox.alpha=0.01"]) == {
        "cox": {"alpha": "0.01", "threshold": 0.2},
        "survival": {"milestones": [6, 12]},
    }
    assert merged(None, []) == {}


@pytest.mark.parametrize("text", ["[1, 2]", "cox: 3", "a: [", "\ufeff\x00"])
def test_a_file_of_another_form_is_refused(tmp_path, text):
    file = tmp_path / "params.yml"
    file.write_text(text)
    with pytest.raises(InputError, match="params.yml: not "):
        from_file(file)
    with pytest.raises(InputError, match="no such file"):
        from_file(tmp_path / "none.yml")
