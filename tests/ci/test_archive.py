from __future__ import annotations

import hashlib
import subprocess
import tarfile
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / ".ci" / "archive"


def site(folder: Path, order: int) -> Path:
    for name in ["index.html", "notebooks/a.html", ".nojekyll"][::order]:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return folder


def test_the_same_site_gives_the_same_archive_and_the_checksum_is_its(tmp_path):
    first, second = site(tmp_path / "one", 1), site(tmp_path / "two", -1)
    (second / "index.html").chmod(0o600)
    for folder, name in ((first, "a/book-v1"), (second, "b/book-v1")):
        (tmp_path / name).parent.mkdir()
        subprocess.run([SCRIPT, folder, tmp_path / name], check=True)
    archive = tmp_path / "a" / "book-v1.tar.gz"
    assert archive.read_bytes() == (tmp_path / "b" / "book-v1.tar.gz").read_bytes()
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    assert (archive.parent / "book-v1.tar.gz.sha256").read_text() == f"{digest}  book-v1.tar.gz\n"
    with tarfile.open(archive) as content:
        assert {"book-v1/index.html", "book-v1/notebooks/a.html", "book-v1/.nojekyll"} <= set(content.getnames())
