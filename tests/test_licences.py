"""What the book needs at run time is permissively licensed, as the README says."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements.lock"
# Names the GPL for one Emacs file of its source archive, which the installed package does not have.
NOT_INSTALLED = {"docutils"}


def licence(package: str) -> str:
    """Return every statement of a package on its licence."""
    facts = metadata(package)
    stated = [facts.get("License-Expression"), *facts.get_all("Classifier", [])]
    if not any(text and "License" in text for text in stated):
        stated.append((facts.get("License") or "").split("\n")[0])
    return "; ".join(text for text in stated if text and (not text.count("::") or text.startswith("License")))


def test_no_gpl_at_run_time():
    found = {}
    for package in re.findall(r"^([A-Za-z0-9_.-]+)==", LOCK.read_text("utf-8"), re.MULTILINE):
        try:
            found[package] = licence(package)
        except PackageNotFoundError:
            continue  # another platform's
    assert len(found) > 100
    assert {name for name, text in found.items() if "GPL" in text or "General Public" in text} == NOT_INSTALLED
