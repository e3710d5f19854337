"""The claims file: read whole, and complained of with file, row, column, value and remedy."""

import pytest

from living_article.audit.claims import load_claims
from living_article.errors import InputError
from living_article.published import load_published

GOOD = {"check": "proportions.sum", "printed": "total", "inputs": "parts=a b"}
VALUES = {"total": "5", "a": "2", "b": "3", "started": "May 2020"}


def read(write, *rows, values=VALUES):
    return load_claims(load_published(write(values, *rows)))


def test_a_claim_is_read_with_its_inputs(write):
    row = GOOD | {"inputs": "parts=a+1 b-a 3 | total", "note": "Why."}
    claim = read(write, row)[0]
    assert claim.inputs == {"parts": ((("a", "+1"), ("b", "-a"), ("3",)), (("total",),))}
    assert (claim.printed, claim.methods, claim.note, claim.row) == (("total",), (), "Why.", 1)


@pytest.mark.parametrize(
    ("changed", "column", "told"),
    [
        ({"id": ""}, "id", "blank"),
        ({"id": "One"}, "id", "malformed id"),
        ({"section": "Re sults"}, "section", "malformed section"),
        ({"claim": ""}, "claim", "blank"),
        ({"grain": "statistics"}, "grain", "did you mean statistic?"),
        ({"check": "proportions.sums"}, "check", "did you mean proportions.sum?"),
        ({"agreement": "roughly"}, "agreement", "unknown agreement"),
        ({"printed": "totals"}, "printed", "no printed value has this id"),
        ({"printed": "total a"}, "printed", "2 printed values where 1 are needed"),
        ({"inputs": ""}, "inputs", "without parts; add parts="),
        ({"inputs": "parts"}, "inputs", "malformed input"),
        ({"inputs": "parts=a; parts=b"}, "inputs", "malformed input"),
        ({"inputs": "parts=c"}, "inputs", "neither a number nor the id"),
        ({"inputs": "part=a"}, "inputs", "did you mean parts?"),
        ({"methods": "pearson"}, "methods", "choose one of none"),
        ({"check": "definitions.stated", "inputs": ""}, "note", "say why"),
        ({"check": "contingency.p", "inputs": "table=a b | a b"}, "methods", "no method"),
        (
            {"check": "contingency.p", "inputs": "totals=a b", "methods": "pearson"},
            "inputs",
            "without table or events and totals",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(write, changed, column, told):
    with pytest.raises(InputError) as error:
        read(write, GOOD, GOOD | {"id": "two"} | changed)
    assert error.value.row == 2 and error.value.column == column
    assert told in str(error.value) and "claims.csv" in str(error.value)


def test_an_id_is_used_once(write):
    with pytest.raises(InputError, match=r"row 2, column id, value 'one': id already used"):
        read(write, GOOD, GOOD)


def test_a_missing_file_and_a_wrong_header_are_told(write, tmp_path):
    folder = write(VALUES, GOOD)
    (folder / "claims.csv").write_text("id,claim\n")
    with pytest.raises(InputError, match="unexpected header"):
        load_claims(load_published(folder))
    (folder / "claims.csv").unlink()
    with pytest.raises(InputError, match="no claims file"):
        load_claims(load_published(folder))


def test_a_row_that_is_too_long_is_told(write):
    folder = write(VALUES, GOOD)
    with (folder / "claims.csv").open("a") as file:
        file.write("a,b\n")
    with pytest.raises(InputError, match="2 fields where 11 are needed"):
        load_claims(load_published(folder))
