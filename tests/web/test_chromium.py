from __future__ import annotations

from living_article.web import chromium


def test_the_first_browser_on_the_path_is_found(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium.find_chromium() is None
    program = tmp_path / "google-chrome"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert chromium.find_chromium() == program
