"""When a part of the patients is executed after all of them."""

import shutil
from pathlib import Path

import pytest
import yaml

from living_article.errors import InputError
from living_article.run.book import build_book
from living_article.run.parts import of_all, refuse_alike_parts
from living_article.run.project import Project

ROOT = Path(__file__).parents[2]
SURVIVAL = ROOT / "notebooks" / "survival.py"
PART = {"alpha": 0.1, "subset": ["age >= 30"]}


@pytest.fixture
def real(tmp_path) -> str:
    """The study file of this book as if its patients were real."""
    raw = yaml.safe_load((ROOT / "data" / "study.yml").read_text("utf-8"))
    raw["provenance"]["kind"] = "patients"
    raw = {key: value for key, value in raw.items() if key not in ("article", "design", "external")}
    (tmp_path / "study.yml").write_text(yaml.safe_dump(raw, sort_keys=False), "utf-8")
    (tmp_path / "cohort.csv").write_bytes((ROOT / "data" / "cohort.csv").read_bytes())
    return str(tmp_path / "study.yml")


def test_a_part_of_real_patients_comes_after_all_with_the_same_parameters(real):
    assert of_all(SURVIVAL, PART | {"study": real}, ROOT) == {"alpha": 0.1, "study": real}


def test_all_patients_and_patients_who_are_not_real_come_alone(real):
    assert of_all(SURVIVAL, {"alpha": 0.1, "subset": [], "study": real}, ROOT) is None
    assert of_all(SURVIVAL, {"study": real}, ROOT) is None
    assert of_all(SURVIVAL, PART, ROOT) is None


NEIGHBOURS = (["age >= 30"], ["age >= 29"])


def test_two_sections_on_nearly_the_same_real_patients_are_refused(real):
    with pytest.raises(InputError, match="two parts of real patients differ by too few"):
        refuse_alike_parts(real, [None, *NEIGHBOURS])
    refuse_alike_parts(real, [None, NEIGHBOURS[0], NEIGHBOURS[0], [], ["sex = male"]])
    refuse_alike_parts(ROOT / "data" / "study.yml", NEIGHBOURS)  # reconstructed patients need no protection


def test_a_book_of_such_sections_is_not_begun(real):
    project = Project(ROOT).of(Path(real))
    sections = dict(zip(("survival", "cox"), ({"subset": part} for part in NEIGHBOURS), strict=True))
    with pytest.raises(InputError, match="two parts of real patients"):
        build_book(project, sections)
    assert not (project.build / "executed").exists()
    shutil.rmtree(project.build)
