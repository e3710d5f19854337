from datetime import date

import pytest

from living_article.reconstruct import dates
from living_article.reconstruct.random_source import RandomSource

START = date(2020, 1, 1)


def patient(months, end, pfs=None):
    return {"os_months": months, "end": end, "pfs_months": pfs or months, "progresses": pfs is not None}


def test_days_give_the_months_back():
    for tenths in range(1, 600):
        assert round(dates.days(tenths / 10) / 30.4375, 1) == tenths / 10


@pytest.mark.parametrize("seed", range(5))
def test_dates_agree_with_months(seed):
    drawn = [patient(30.0, "alive"), patient(50.3, "died", 12.2), patient(5.2, "lost")]
    dates.assign(drawn, START, RandomSource(seed))
    alive, dead, lost = drawn
    assert alive["last_contact_on"] == "2024-12-31" and alive["died_on"] == alive["progressed_on"] == ""
    assert dead["died_on"] == dead["last_contact_on"] <= "2024-12-31" and dead["progressed_on"] < dead["died_on"]
    assert lost["died_on"] == "" and "2020-01-01" <= lost["enrolled_on"] <= "2022-12-31"
    for p in drawn:
        followed = date.fromisoformat(p["last_contact_on"]) - date.fromisoformat(p["enrolled_on"])
        assert round(followed.days / 30.4375, 1) == p["os_months"]


def test_follow_up_that_fits_no_calendar_is_refused():
    with pytest.raises(ValueError, match="do not fit"):
        dates.assign([patient(10.0, "alive")], START, RandomSource(1))
