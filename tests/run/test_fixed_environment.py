"""The fixed environment, and that a command which hands its work to a warm process starts without heavy imports."""

import json
import subprocess
import sys
from datetime import UTC, datetime

from living_article.run.fixed_environment import EPOCH, FIXED_ENVIRONMENT

HEAVY = ("yaml", "papermill", "nbformat", "jupytext", "numpy", "pandas", "matplotlib", "multiprocessing")


def test_generated_files_claim_one_time_after_the_data_cut_off():
    assert FIXED_ENVIRONMENT["SOURCE_DATE_EPOCH"] == EPOCH
    assert datetime.fromtimestamp(int(EPOCH), UTC) == datetime(2025, 1, 1, tzinfo=UTC)
    assert all(isinstance(value, str) for value in FIXED_ENVIRONMENT.values())


def test_a_command_finds_its_warm_process_without_heavy_imports():
    code = (
        "import json, sys, living_article.cli, living_article.run.warm, living_article.run.fixed_environment\n"
        f"print(json.dumps([name for name in {HEAVY} if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
