"""Every notebook runs alone, with its defaults and with other parameters, and writes its records."""

import json
from pathlib import Path

import pytest

from living_article.records import read_results
from living_article.run.execute import execute
from living_article.run.fingerprint import PACKAGE, package_files
from living_article.run.parameters import check_parameters
from living_article.run.reached import reached

ROOT = Path(__file__).parents[2]
LOADED = """

# %%
import json, os, sys
from pathlib import Path

own = [module for name, module in sys.modules.items() if name.split(".")[0] == "living_article"]
Path(os.environ["LIVING_ARTICLE_RESULTS"], "loaded").write_text(json.dumps([module.__file__ for module in own]))
"""
ALTERED = {
    "methods": {"alpha": 0.1},
    "baseline": {"alpha": 0.1},
    "survival": {
        "alpha": 0.1,
        "endpoints": ["os"],
        "milestones": [6.0, 24.0, 600.0],
        "rmst_horizon": 24.0,
        "interval": "log-log",
    },
    "response": {"alpha": 0.1, "criteria": "recist"},
    "toxicity": {"alpha": 0.1},
    "cox": {"alpha": 0.1, "endpoint": "pfs"},
    "nomogram": {"alpha": 0.1},
    "validation": {"alpha": 0.1, "resamples": 50, "seed": 7},
    "sensitivity": {"alpha": 0.1, "endpoints": ["os"], "ties": ["Efron"]},
}


@pytest.mark.parametrize("section", ALTERED)
@pytest.mark.parametrize("altered", [False, True], ids=["default", "altered"])
def test_runs_alone_and_writes_its_records(section, altered, tmp_path):
    original, notebook = ROOT / "notebooks" / f"{section}.py", tmp_path / f"{section}.py"
    notebook.write_text(original.read_text("utf-8") + LOADED, "utf-8")
    given = check_parameters(notebook, ALTERED[section] if altered else {})
    node = execute(notebook, given, root=ROOT, results=tmp_path, warm=altered)
    if not altered:  # a warm kernel has loaded what all notebooks need
        loaded = {Path(file).relative_to(PACKAGE).as_posix() for file in json.loads((tmp_path / "loaded").read_text())}
        known = reached(original, dict(package_files()))
        assert loaded and loaded <= known, "a change in these would leave an old execution standing"
    written = json.loads((tmp_path / f"{section}.json").read_text("utf-8"))
    assert written["section"] == section
    assert len(read_results(tmp_path / f"{section}.json")) > 0
    for name, value in given.items():
        assert written["parameters"][name] == value
    shown = {display["name"] for display in written["displays"]}
    assert shown, "the section shows no figure or table"
    assert all(display["caption"].strip() for display in written["displays"])
    outputs = [output for cell in node.cells for output in cell.get("outputs", [])]
    assert not [output for output in outputs if output.output_type in ("error", "stream")]


def test_a_milestone_beyond_follow_up_is_not_estimable(tmp_path):
    given = {"milestones": [600.0], "rmst_horizon": 600.0}
    execute(ROOT / "notebooks" / "survival.py", given, root=ROOT, results=tmp_path, warm=True)
    records = read_results(tmp_path / "survival.json").select("milestone", horizon=600.0)
    assert records and all(r.value is None and r.note.startswith("not estimable") for r in records)


def test_records_are_the_same_without_figures(tmp_path):
    for folder, draw in (("with", True), ("without", False)):
        notebook = ROOT / "notebooks" / "toxicity.py"
        node = execute(notebook, {}, root=ROOT, results=tmp_path / folder, draw=draw, warm=True)
        outputs = [output for cell in node.cells for output in cell.get("outputs", [])]
        assert any("image/svg+xml" in output.get("data", {}) for output in outputs) == draw
    first, second = ((tmp_path / folder / "toxicity.json").read_bytes() for folder in ("with", "without"))
    assert first == second


def test_files_to_download_change_nothing_that_is_shown(tmp_path):
    notebook, found = ROOT / "notebooks" / "toxicity.py", []
    for name in ("with", "without"):
        files = tmp_path / "files" if name == "with" else None
        node = execute(notebook, {}, root=ROOT, results=tmp_path / name, files=files, warm=True)
        found.append((node, (tmp_path / name / "toxicity.json").read_bytes()))
    assert found[0] == found[1]
    shown = json.loads(found[0][1])["displays"]
    expected = {f"{d['name']}.{end}" for d in shown for end in ("csv", "png") if end == "csv" or d["kind"] == "figure"}
    assert {path.name for path in (tmp_path / "files").iterdir()} == expected
