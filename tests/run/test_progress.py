from __future__ import annotations

import io

from living_article.run.progress import Progress, table


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_plain_lines_where_there_is_no_terminal():
    stream = io.StringIO()
    progress = Progress(2, stream)
    progress.start("survival")
    progress.finish("survival")
    progress.finish("cox", "unchanged")
    progress.close()
    first, second, third = stream.getvalue().splitlines()
    assert first == "[0/2] survival …"
    assert second.startswith("[1/2] survival: 0.")
    assert third == "[2/2] cox: unchanged"


def test_a_bar_on_a_terminal_names_what_runs():
    stream = Terminal()
    progress = Progress(3, stream)
    progress.start("survival")
    progress.start("response")
    shown = stream.getvalue()
    progress.finish("survival")
    progress.close()
    assert "survival, response" in shown
    assert "0/3" in shown
    assert "1/3" in stream.getvalue()


def test_the_table_of_times_ends_with_the_total():
    lines = table([("survival", 3.14, ""), ("cox", 0.0, "unchanged")], 4.2).splitlines()
    assert lines[0].split() == ["survival", "3.1", "s"]
    assert lines[1].split() == ["cox", "0.0", "s", "unchanged"]
    assert lines[-1].split() == ["total", "4.2", "s"]
