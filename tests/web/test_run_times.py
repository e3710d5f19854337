from __future__ import annotations

from living_article.web.run_times import keep, script


def test_a_time_holds_as_long_as_its_execution(tmp_path):
    assert keep(tmp_path, {"a": "1", "b": "1"}, {"a": 3.14159, "b": 2}) == {"a": 3.14, "b": 2}
    assert keep(tmp_path, {"a": "1", "b": "1"}, {}) == {"a": 3.14, "b": 2}
    assert keep(tmp_path, {"a": "1", "b": "2"}, {}) == {"a": 3.14}
    assert keep(tmp_path, {"a": "2", "b": "2"}, {"a": 1.0}) == {"a": 1.0}


def test_a_file_that_cannot_be_read_is_begun_anew(tmp_path):
    (tmp_path / "run-times.json").write_text("{")
    assert keep(tmp_path, {"a": "1"}, {"a": 1.0}) == {"a": 1.0}


def test_the_script_holds_the_times():
    assert 'const times = {"a": 1.5};' in script({"a": 1.5})
