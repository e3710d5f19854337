"""What counts as a result, and what is read of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from living_article.compare.sides import Number, read_side
from living_article.errors import InputError
from living_article.records import Results, write_results

KEY = ("cox", "hr", "os", None, "age", None)


def written(folder: Path, name="results.json", value=0.5, section="cox") -> Path:
    results = Results(section)
    results.add("hr", endpoint="os", term="age", value=value, low=0.3, high=0.9, p=0.02, unit="hazard ratio")
    write_results(folder / name, results, study="s", parameters={"alpha": 0.1})
    return folder / name


def test_files_and_folders_are_read(tmp_path):
    file = written(tmp_path / "one")
    side = read_side(str(file))
    assert side.numbers[KEY] == Number(0.5, 0.3, 0.9, 0.02, "hazard ratio", None, 0.1)
    assert read_side(str(file.parent)).numbers == side.numbers
    written(tmp_path / "book" / "results", "cox.json")
    assert read_side(str(tmp_path / "book")).numbers == side.numbers
    written(tmp_path / "runs" / "cox")
    written(tmp_path / "runs" / "more", section="more")
    assert len(read_side(str(tmp_path / "runs")).numbers) == 2


def test_what_is_no_result_is_refused(tmp_path):
    (tmp_path / "a.json").write_text("{}")
    for source in (tmp_path / "a.json", tmp_path, tmp_path / "nowhere"):
        with pytest.raises(InputError, match=r"not a results file|no results there"):
            read_side(str(source))
    content = json.loads(written(tmp_path).read_text())
    content["records"][0]["colour"] = "red"
    (tmp_path / "results.json").write_text(json.dumps(content))
    with pytest.raises(InputError, match="of this version"):
        read_side(str(tmp_path / "results.json"))
