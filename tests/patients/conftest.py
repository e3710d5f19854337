"""The small trial of `small_trial.py` as a study file, with what each test file adds to it."""

import pytest

from living_article.study import load_study


@pytest.fixture
def study(request, tmp_path):
    """The study of the test file's STUDY; its table is not written."""
    (tmp_path / "study.yml").write_text(request.module.STUDY)
    return load_study(tmp_path / "study.yml")
