"""Progress of work on tables: lines for a large one, silence for a small one."""

import io
from contextlib import closing

from living_article.patients.steps import LONG, Steps


def shown(size, tmp_path, stream):
    table = tmp_path / "cohort.csv"
    table.write_bytes(b"x" * size)
    with closing(Steps(2, [table], stream, doing="testing")) as step:
        for name in ("reading", "writing"):
            with step(name, table):
                pass
    return stream.getvalue().splitlines() if stream else []


def test_each_step_on_a_large_table_is_told_when_it_begins_and_ends(tmp_path):
    lines = shown(LONG + 1, tmp_path, io.StringIO())
    assert lines[0] == "[0/2] cohort.csv: reading …"
    assert lines[1].startswith("[1/2] cohort.csv: reading: ") and lines[1].endswith(" s")
    assert lines[2] == "[1/2] cohort.csv: writing …" and len(lines) == 4


def test_a_small_table_and_a_missing_stream_show_nothing(tmp_path):
    assert shown(LONG, tmp_path, io.StringIO()) == []
    assert shown(LONG + 1, tmp_path, None) == []
