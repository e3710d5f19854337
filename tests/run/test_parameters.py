from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from living_article.errors import InputError
from living_article.run.parameters import check_parameters, read_parameters, split_assignments

CELL = """\
# %% [markdown]
# # Title

# %% tags=["parameters"]
from typing import Literal

study: str = "data/study.yml"  # study file
seed: int = 7  # seed of random numbers
alpha: float = 0.05  # significance level [0 < alpha < 0.5]
milestones: list[float] = []  # months; empty: the study's horizons [milestones > 0]
names: list[str] = []  # names
interval: Literal["log", "plain"] = "log"  # scale of the intervals
horizon: float | None = None  # months; None: the last milestone [0 < horizon <= 60]
strict: bool = True  # stop at the first problem

# %%
print(alpha)
"""
NOTEBOOK = Path("notebooks/cox.py")


def check(**given):
    return check_parameters(NOTEBOOK, given, read_parameters(NOTEBOOK, CELL))


def test_declarations_give_type_default_meaning_and_range():
    found = read_parameters(NOTEBOOK, CELL)
    assert list(found) == ["study", "seed", "alpha", "milestones", "names", "interval", "horizon", "strict"]
    alpha = found["alpha"]
    assert (alpha.type, alpha.annotation, alpha.default) == ("float", float, 0.05)
    assert (alpha.meaning, alpha.range) == ("significance level", "0 < alpha < 0.5")
    assert found["interval"].annotation == Literal["log", "plain"]
    assert found["horizon"].annotation == float | None
    assert found["study"].range is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ({"alpha": "0.1"}, 0.1),
        ({"alpha": 0.1}, 0.1),
        ({"seed": "12"}, 12),
        ({"study": "12"}, "12"),
        ({"study": "true"}, "true"),
        ({"milestones": "12,24"}, [12.0, 24.0]),
        ({"milestones": "[12, 24.5]"}, [12.0, 24.5]),
        ({"milestones": "12"}, [12.0]),
        ({"milestones": [6.0]}, [6.0]),
        ({"names": "os,pfs"}, ["os", "pfs"]),
        ({"names": "['os']"}, ["os"]),
        ({"horizon": "none"}, None),
        ({"horizon": "36"}, 36.0),
        ({"interval": "plain"}, "plain"),
        ({"strict": "false"}, False),
    ],
)
def test_values_from_a_command_line_get_their_declared_type(text, value):
    found = next(iter(check(**text).values()))
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"alhpa": 0.1}, ["unknown parameter alhpa", "did you mean alpha?"]),
        ({"zzz": 1}, ["unknown parameter zzz", "it has study, seed"]),
        ({"alpha": "0,05"}, ["parameter alpha", "'0,05'", "give a number, such as 0.1"]),
        ({"alpha": True}, ["parameter alpha", "True"]),
        ({"alpha": 0.5}, ["parameter alpha is out of range", "0.5", "keep to 0 < alpha < 0.5"]),
        ({"alpha": "nan"}, ["parameter alpha", "nan"]),
        ({"alpha": float("nan")}, ["parameter alpha", "nan"]),
        ({"seed": 1.5}, ["parameter seed", "1.5"]),
        ({"seed": "7.0"}, ["parameter seed", "7.0"]),
        ({"milestones": "12,-3"}, ["milestones is out of range", "-3"]),
        ({"milestones": "12;24"}, ["parameter milestones", "12;24", "numbers separated by commas, such as 12,24"]),
        ({"horizon": "soon"}, ["parameter horizon", "give a number, such as 0.1 or none"]),
        ({"horizon": 61.0}, ["horizon is out of range"]),
        ({"interval": "Log"}, ["parameter interval", "'Log'", "give log, plain"]),
        ({"strict": "maybe"}, ["parameter strict", "maybe"]),
        ({"study": None}, ["parameter study", "give text"]),
    ],
)
def test_wrong_values_are_refused_in_one_line(wrong, told):
    with pytest.raises(InputError) as error:
        check(**wrong)
    message = str(error.value)
    assert message.startswith("notebooks/cox.py")
    assert "\n" not in message
    for part in told:
        assert part in message


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("power = 0.8  # power", "is not `name: type = default`"),
        ("power: float = 0.8", "no comment"),
        ("power: float = 0.8  # power [power > alpha]", "must compare power with constants"),
        ("power: float = 0.8  # power [__import__('os').getcwd()]", "must compare power with constants"),
        ("power: float = 0.8  # power [power.real > 0]", "must compare power with constants"),
        ("power: set = {1}  # power", "set is not a type"),
        ("power: float = 1.8  # power [power < 1]", "parameter power is out of range"),
        ("power: float = 'much'  # power", "parameter power"),
        ("power: float = compute()  # power", ""),
    ],
)
def test_a_wrong_declaration_is_refused_with_its_line(line, told):
    source = CELL.replace("strict: bool", f"{line}\nstrict: bool")
    with pytest.raises(InputError, match="notebooks/cox.py:14") as error:
        read_parameters(NOTEBOOK, source)
    assert told in str(error.value)


def test_every_notebook_needs_the_shared_parameters():
    with pytest.raises(InputError, match="parameter seed is not declared"):
        read_parameters(NOTEBOOK, CELL.replace("seed: int = 7  # seed of random numbers\n", ""))
    with pytest.raises(InputError, match="no cell tagged"):
        read_parameters(NOTEBOOK, CELL.replace("parameters", "other"))


def test_assignments_of_the_command_line():
    assert split_assignments(["a=1", "b=x=y"]) == {"a": "1", "b": "x=y"}
    for wrong in (["a"], ["=1"], ["a=1", "a=2"]):
        with pytest.raises(InputError):
            split_assignments(wrong)


@given(st.floats(min_value=1e-6, max_value=0.499))
def test_a_number_survives_its_way_through_the_command_line(alpha):
    assert check(alpha=repr(alpha)) == {"alpha": alpha}


@given(st.text(max_size=30))
def test_any_text_is_either_taken_or_refused_in_order(text):
    try:
        found = check(alpha=text)
    except InputError:
        return
    assert 0 < found["alpha"] < 0.5
