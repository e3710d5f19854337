from __future__ import annotations

from pathlib import Path

import pytest

from living_article.errors import InputError
from living_article.sweep.grid import read_grid

STUDY = Path(__file__).parents[2] / "data" / "study.yml"


def test_runs_are_all_combinations_in_the_order_of_the_file(project, write):
    grid = read_grid(write(parameters={"kind": ["b", "a"], "shift": [0.1, 0.2]}), project)
    runs = grid.runs(project)
    assert len(grid) == 4
    assert [run.parameters for run in runs] == [
        {"kind": "b", "shift": 0.1}, {"kind": "b", "shift": 0.2}, {"kind": "a", "shift": 0.1}, {"kind": "a", "shift": 0.2},
    ]  # fmt: skip
    assert [run.number for run in runs] == [1, 2, 3, 4]
    assert runs[2].name == "#3 kind=a shift=0.1"
    assert grid.choices == {"kind": ["b", "a"], "shift": ["0.1", "0.2"]}


def test_studies_are_found_beside_the_grid_file_and_are_a_choice(project, write, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "study.yml").write_text(STUDY.read_text("utf-8"))
    grid = read_grid(write(studies=["one/study.yml", "two/study.yml"]), project)
    assert grid.choices == {"study": ["one/study", "two/study"]}
    first, second = grid.runs(project)
    assert first.job.parameters["study"] == str(tmp_path / "one" / "study.yml")
    assert second.study == "two/study"


def test_lists_are_values_of_a_list_parameter(project, write):
    grid = read_grid(write(parameters={"levels": [[1, 2], [3]]}), project)
    assert grid.choices == {"levels": ["[1, 2]", "[3]"]}
    assert [run.job.parameters for run in grid.runs(project)] == [{"levels": [1, 2]}, {"levels": [3]}]


def test_the_default_value_is_the_run_without_parameters(project, write):
    first, second = read_grid(write(parameters={"shift": [0.0, 1.0]}), project).runs(project)
    assert first.job.parameters == {} and second.job.parameters == {"shift": 1.0}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"section": "smal"}, "grid.yml, key section, value 'smal': unknown section; did you mean small?"),
        ({"section": None}, "key section: no section; name one of alpha, small"),
        ({"parameter": {}}, "key parameter: unknown key; did you mean parameters?"),
        ({"parameters": {"shfit": [1]}}, "key parameters.shfit: unknown parameter; did you mean shift?"),
        ({"parameters": {"alpha": [0.1, 0.7]}}, "key parameters.alpha, value 0.7: parameter alpha is out of range; keep to"),
        ({"parameters": {"kind": ["a", "c"]}}, "key parameters.kind, value 'c': parameter kind should be 'a' or 'b'"),
        ({"parameters": {"shift": []}}, "key parameters.shift: no values; list one or more"),
        ({"parameters": {"shift": [1.0, 1.0]}}, "key parameters.shift, value 1.0: occurs twice; give each value once"),
        ({"parameters": {"study": ["x"]}}, "key parameters.study: not a parameter of a sweep; list them under 'studies'"),
        ({"parameters": [1]}, "key parameters, value [1]: not names with values"),
        ({"studies": ["nowhere.yml"]}, "key studies, value 'nowhere.yml': no such study file"),
        ({"parameters": {"shift": [1.0]}}, "only one run; give two values"),
        ({"parameters": {"shift": [1.0, 2.0]}, "show": {"endpoint": "os"}}, "key show, value {'endpoint': 'os'}: no record"),
        ({"parameters": {"shift": [1.0, 2.0]}, "show": {"name": "x", "arm": "y"}}, "key show.arm: unknown key; use one of"),
    ],
)  # fmt: skip
def test_a_bad_grid_is_refused_with_key_value_and_remedy(project, write, content, message):
    with pytest.raises(InputError) as error:
        read_grid(write(**content), project)
    assert message in str(error.value)
    assert "grid.yml" in str(error.value)


@pytest.mark.parametrize(("text", "message"), [("a: [1", "not readable as YAML"), ("- 1", "not a list of keys")])
def test_what_is_no_grid_file(project, tmp_path, text, message):
    (tmp_path / "g.yml").write_text(text)
    with pytest.raises(InputError, match=message):
        read_grid(tmp_path / "g.yml", project)
    with pytest.raises(InputError, match="no such grid file"):
        read_grid(tmp_path / "none.yml", project)
