"""A verdict that changes is told, and only that."""

import pytest

from living_article.audit import expectation
from living_article.errors import InputError

VALUES = {"total": "5", "a": "2", "b": "3"}
SUM = {"check": "proportions.sum", "printed": "total", "inputs": "parts=a b"}


@pytest.fixture
def findings(write):
    from living_article.audit.run import audit_folder

    return lambda values=VALUES, *rows: audit_folder(write(values, *(rows or (SUM,))))


def test_what_was_written_is_expected(findings, tmp_path):
    path = tmp_path / "expected"
    path.write_text(expectation.as_csv(findings()))
    assert path.read_text() == "id,verdict,detail\none,reproduces,\n"
    assert expectation.changes(findings(), expectation.read(path)) == []


def test_changes_gains_and_losses_are_told(findings, tmp_path):
    expected = {"one": ("reproduces", ""), "old": ("impossible", "1 < 2")}
    found = findings(VALUES | {"b": "4"}, SUM, SUM | {"id": "two"})
    assert expectation.changes(found, expected) == [
        "one: was reproduces, is internally inconsistent",
        "two: new claim, internally inconsistent",
        "old: claim missing, was impossible (1 < 2)",
    ]


def test_another_condition_is_a_change(findings):
    found = findings()
    assert expectation.changes(found, {"one": ("reproduces", "truncation")})


@pytest.mark.parametrize("text", [None, "", "id,verdict\n", "id,verdict,detail\na,b\n"])
def test_a_file_that_is_none_is_told(tmp_path, text):
    path = tmp_path / "expected.csv"
    if text is not None:
        path.write_text(text)
    with pytest.raises(InputError):
        expectation.read(path)
