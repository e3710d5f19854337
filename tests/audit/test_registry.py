"""Every check is listed under the name of its family, and every family has a test file."""

from pathlib import Path

from living_article.audit.claims import AGREEMENTS
from living_article.audit.registry import CHECKS

CHECKS_FOLDER = Path(__file__).parents[2] / "src" / "living_article" / "audit" / "checks"


def test_every_module_of_checks_is_listed():
    modules = {path.stem for path in CHECKS_FOLDER.glob("*.py")} - {"__init__"}
    assert {name.split(".")[0] for name in CHECKS} == modules
    assert {path.stem.removeprefix("test_") for path in (Path(__file__).parent / "checks").glob("test_*.py")} == modules


def test_what_a_check_needs_is_well_formed():
    for name, check in CHECKS.items():
        least, most = check.printed
        assert 1 <= least <= most, name
        assert callable(check.run), name
        assert set(check.agreements) <= set(AGREEMENTS), name
