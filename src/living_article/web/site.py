"""Build the site with Jupyter Book, aside, and swap it in when it is whole."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from living_article.run.failures import SiteError
from living_article.run.fixed_environment import FIXED_ENVIRONMENT

_SHOWN = 20  # warnings on one screen
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_WARNING = re.compile(r"(WARNING|ERROR|CRITICAL|Error):? ")


def build_site(stage: Path, workspace: Path, *, log: Path) -> Path:
    """Build the staged book inside ``workspace`` and return the finished site.

    Raises
    ------
    SiteError
        With the warnings, one a line, if there are any.
    """
    html = jupyter_book(stage, workspace, "html", log=log)
    shutil.rmtree(html / ".doctrees", ignore_errors=True)
    (html / ".buildinfo").unlink(missing_ok=True)
    (html / ".nojekyll").touch()  # GitHub Pages would otherwise drop folders that begin with an underscore
    return html


def jupyter_book(stage: Path, workspace: Path, builder: str, *, log: Path) -> Path:
    """Run one of Jupyter Book's builders on the staged book inside ``workspace`` and return the folder it filled.

    Warnings, also about references that lead nowhere, are errors.

    Raises
    ------
    SiteError
        With the warnings, one a line, if there are any.
    """
    shutil.rmtree(workspace, ignore_errors=True)
    workspace.mkdir(parents=True)
    command = [sys.executable, "-m", "living_article.web.site", str(stage), str(workspace), builder]
    done = subprocess.run(
        command,
        env=os.environ | FIXED_ENVIRONMENT | {"NO_COLOR": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    text = _ANSI.sub("", done.stdout + "\n" + done.stderr).replace(f"{stage}{os.sep}", "")
    log.write_text(text, encoding="utf-8")
    if done.returncode:
        raise SiteError(_screen(text, log))
    return workspace / "_build" / builder


def _screen(text: str, log: Path) -> str:
    """Say on one screen what Jupyter Book complained about."""
    lines = [line for line in text.splitlines() if _WARNING.search(line)]
    lines = list(dict.fromkeys(lines)) or text.strip().splitlines()[-_SHOWN:]
    more = [f"  … and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    head = "the site has warnings, which count as errors:"
    return "\n".join([head, *(f"  {line}" for line in lines[:_SHOWN]), *more, f"  (all of it: {log})"])


def swap_in(html: Path, site: Path, fingerprint: str) -> None:
    """Make ``site`` show the finished build in one step; a process killed here leaves one whole site or the other.

    ``site`` is a relative link to ``sites/<fingerprint>`` beside it; what it showed before is removed afterwards.
    """
    sites = site.parent / "sites"
    sites.mkdir(parents=True, exist_ok=True)
    final = sites / fingerprint
    if final.exists() and current(site) != fingerprint:
        shutil.rmtree(final)
    if not final.exists():
        html.rename(final)
    if site.is_dir() and not site.is_symlink():  # left by a build of another kind
        site.rename(sites / "replaced")
    link = site.parent / f".{site.name}.new"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("sites") / fingerprint, target_is_directory=True)
    link.replace(site)  # one system call: the old link or the new one, never none
    for old in sites.iterdir():
        if old.name != fingerprint:
            shutil.rmtree(old, ignore_errors=True)


def current(site: Path) -> str | None:
    """Return the fingerprint of the site that is shown, if there is a whole one."""
    if site.is_symlink() and (site / "index.html").is_file():
        return site.readlink().name
    return None


def main(stage: str, workspace: str, builder: str) -> None:
    """Run Jupyter Book in this process, strictly."""
    from jupyter_book.cli.main import main as command

    command(["build", stage, "--path-output", workspace, "-W", "-n", "--keep-going", "--all", "--builder", builder])


if __name__ == "__main__":
    main(*sys.argv[1:])
