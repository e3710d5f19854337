import pytest

from living_article.reconstruct import toxicity
from living_article.reconstruct.random_source import RandomSource
from living_article.reconstruct.targets import ARMS


@pytest.fixture
def patients(targets):
    drawn = [{"arm": arm} for arm in ARMS for _ in range(targets.count(f"t1_n_{arm}"))]
    toxicity.assign(drawn, targets, RandomSource(4))
    return drawn


def test_counts_and_totals_are_as_printed(targets, patients):
    for arm in ARMS:
        group = [p for p in patients if p["arm"] == arm]
        for table, events in toxicity.CLASSES.items():
            for event in events:
                assert sum(p[event] == "yes" for p in group) == targets.count(f"{table}_{event}_count_{arm}")
            affected = sum(any(p[event] == "yes" for event in events) for p in group)
            assert affected == targets.count(f"{table}_total_count_{arm}")


def test_totals_that_are_not_sums_are_refused(targets, monkeypatch):
    monkeypatch.setitem(toxicity.CLASSES, "t4", ("leukopenia", "anaemia"))
    with pytest.raises(ValueError, match="do not sum"):
        toxicity.assign([{"arm": arm} for arm in ARMS for _ in range(60)], targets, RandomSource(1))
