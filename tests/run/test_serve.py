from __future__ import annotations

import subprocess

from living_article.run import serve as module


def test_every_source_is_watched_and_nothing_generated(project):
    names = {path.name for path in module.watched(project)}
    assert names == {"index.md", "_config.yml", "_toc.yml", "book", "notebooks", "data"}


def test_a_change_builds_in_a_fresh_process(project, monkeypatch):
    seen = []

    def run(command, cwd, check):
        seen.append((command[1:], cwd))
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setattr(module.subprocess, "run", run)
    assert module.rebuild(project) == 1
    assert seen == [(["-m", "living_article.cli", "build"], project.root)]


def test_the_preview_is_open_to_this_machine_only(project, monkeypatch):
    import livereload

    served = {}
    monkeypatch.setattr(module, "rebuild", lambda _: 0)
    monkeypatch.setattr(livereload.Server, "serve", lambda self, **options: served.update(options))
    module.serve(project, 8123)
    assert served["host"] == "127.0.0.1"
    assert served["port"] == 8123
    assert served["root"] == str(project.site)
