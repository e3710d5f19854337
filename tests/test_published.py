"""The printed values are whole, and hang together as far as the article itself does."""

import datetime
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from living_article.errors import InputError
from living_article.published import COLUMNS, CROSSWALK_COLUMNS, PrintedDate, PrintedNumber, load_published, parse
from living_article.records import Record

ROOT = Path(__file__).parents[1]
ARMS = ("observation", "control")
# Numbers printed in each table, counted by hand in the article (header sizes, thresholds and notes included).
COUNTS = {1: 86, 2: 10, 3: 9, 4: 19, 5: 19, 6: 19, 7: 45, 8: 28, 9: 14, 10: 9, 11: 12}
SECTIONS = ("Front matter", "Abstract", "Introduction", "Methods", "Results", "Figure 4", "Discussion")


@pytest.fixture(scope="module")
def published():
    return load_published(ROOT / "data" / "published")


def test_every_table_and_section_is_there(published):
    for table, count in COUNTS.items():
        assert len(published.rows(f"Table {table}")) == count, table
    for section in SECTIONS:
        assert published.rows(section), section


def test_ids_are_unique_and_every_row_is_filled(published):
    assert len({value.id for value in published}) == len(published) == 451
    for value in published:
        assert value.printed and value.location and value.quantity
        assert isinstance(value, PrintedNumber) != isinstance(value, PrintedDate)


@pytest.mark.parametrize("arm", ARMS)
def test_table_1_blocks_add_up_to_the_group(published, arm):
    size = published.value(f"t1_n_{arm}")
    blocks = {
        "sex": ("male", "female"),
        "tumour_type": ("osteosarcoma", "soft_tissue_sarcoma"),
        "primary_site": ("humerus", "femur", "tibia", "other"),
        "t_stage": ("t1", "t2", "t3", "t4"),
        "n_stage": ("n0", "n1", "n2"),
        "radiotherapy": ("yes", "no"),
        "ldh": ("high", "low"),
    }
    for block, levels in blocks.items():
        assert sum(published.value(f"t1_{block}_{level}_{arm}") for level in levels) == size, block


def test_table_2_is_left_as_printed(published):
    sums = [sum(published.value(f"t2_{k}_{arm}") for k in ("cr", "pr", "sd", "pd")) for arm in ARMS]
    assert sums == [53, 40], "the observation row is printed with two patients too few; it is not corrected"


@pytest.mark.parametrize(
    ("table", "events"),
    [
        (4, ("leukopenia", "thrombocytopenia", "anaemia")),
        (5, ("nausea", "vomiting", "diarrhoea")),
        (6, ("raised_creatinine", "proteinuria", "haematuria")),
    ],
)
@pytest.mark.parametrize("arm", ARMS)
def test_toxicity_counts_and_percentages_agree(published, table, events, arm):
    counts = {e: published.value(f"t{table}_{e}_count_{arm}") for e in (*events, "total")}
    assert sum(counts[event] for event in events) == counts["total"]
    for event, count in counts.items():
        percent = published.value(f"t{table}_{event}_percent_{arm}")
        assert percent == pytest.approx(100 * count / published.value(f"t1_n_{arm}"), abs=0.00501), event
        if event != "total":
            assert published.value(f"res_{event}_{arm}") == count


def test_table_7_intervals_hold_their_hazard_ratio(published):
    ratios = published.rows("Table 7", quantity="hazard ratio")
    assert len(ratios) == 11
    for ratio in ratios:
        stem = ratio.id.removesuffix("_hr")
        assert published.value(f"{stem}_ci_low") < ratio.number < published.value(f"{stem}_ci_high")
        assert {published.decimals(f"{stem}_{part}") for part in ("hr", "ci_low", "ci_high", "p")} == {3}


def test_text_repeats_table_7(published):
    for term in ("lung_lesions", "t_high", "n_high", "radiotherapy", "ldh_high"):
        for part in ("hr", "p"):
            copies = {published.printed(f"{place}_{term}_{part}") for place in ("abs", "res", "t7")}
            assert len(copies) == 1, (term, copies)


def test_quantities_are_in_range(published):
    for value in published:
        if value.quantity == "P value":
            assert 0 <= value.number <= 1, value.id
        if value.quantity == "percentage":
            assert 0 <= value.number <= 100, value.id
        if value.quantity == "count" and value.unit == "patients":
            assert value.decimals == 0, value.id


def test_what_the_generator_reads(published):
    assert published.printed("t3_orr_control") == "10#" and published.value("t3_orr_control") == 10
    assert published.printed("t7_ldh_high_ci_high") == "1.730" and published.decimals("t7_ldh_high_ci_high") == 3
    assert published.date("meth_enrolment_start") == datetime.date(2020, 1, 1)
    assert published.date("fm_received") == datetime.date(2025, 4, 15)
    with pytest.raises(LookupError, match="date"):
        published.value("meth_cutoff")
    with pytest.raises(LookupError, match="number"):
        published.date("t1_n_observation")
    with pytest.raises(LookupError, match="nothing_of_the_kind"):
        published.value("nothing_of_the_kind")


def test_crosswalk_names_records_that_can_exist(published):
    targets = [tuple(getattr(link, field) for field in CROSSWALK_COLUMNS[1:]) for link in published.links]
    assert len(published.links) > 100
    for link in published.links:
        record = {field: getattr(link, field) for field in CROSSWALK_COLUMNS[1:]}
        assert Record(**record, value=published.value(link.id)).value is not None
        # One record has one value, one interval and one P value, so at most four printed numbers in one place.
        place = published.get(link.id).location
        same = [x for x, t in zip(published.links, targets, strict=True) if t == targets[published.links.index(link)]]
        assert sum(published.get(x.id).location == place for x in same) <= 4, link


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.000", (0.0, "", 3)),
        ("<0.05", (0.05, "<", 2)),
        ("≤240", (240.0, "≤", 0)),
        ("10#", (10.0, "", 0)),
        ("-1.20*", (-1.2, "", 2)),
        ("Two", (2.0, "", 0)),
        ("half", (0.5, "", 0)),
        ("December 2022", datetime.date(2022, 12, 1)),
    ],
)
def test_parse(text, expected):
    assert parse(text) == expected


@given(st.decimals(min_value=0, max_value=10_000, places=3), st.sampled_from(["", "<", ">", "≤", "≥"]))
def test_parse_keeps_value_bound_and_decimals(number, bound):
    assert parse(f"{bound}{number}") == (float(number), bound, 3)


@pytest.mark.parametrize("text", ["", " ", "31/24", "30±6.44", "0.456-0.879", "1.", "many", "Brumaire 2020", "1,5"])
def test_parse_refuses_what_is_not_one_number(text):
    with pytest.raises(ValueError, match="neither"):
        parse(text)


GOOD = "t1_a,Table 1,Age,Group,mean,30,years,"
BAD = {
    "unexpected header": ("id,printed", "a,1"),
    "fields where 8": (",".join(COLUMNS), GOOD + ",more"),
    "malformed id": (",".join(COLUMNS), GOOD.replace("t1_a", "T1 a")),
    "blank": (",".join(COLUMNS), GOOD.replace(",30,", ",,")),
    "not a printed number": (",".join(COLUMNS), GOOD.replace("30", "31/24")),
    "already used": (",".join(COLUMNS), GOOD, GOOD),
}


@pytest.mark.parametrize("problem", BAD)
def test_malformed_files_are_refused_in_one_line(tmp_path, problem):
    (tmp_path / "table_01.csv").write_text("\n".join(BAD[problem]) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(problem)) as caught:
        load_published(tmp_path)
    assert "table_01.csv" in str(caught.value) and "\n" not in str(caught.value)


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="no printed values"):
        load_published(tmp_path)


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (["t9_b,survival,median,os,,,"], "no printed value has this id"),
        (["from,survival,median,os,,,"], "a date, which no record recomputes"),
        (["t1_a,survival,median,os,,,"] * 2, "linked twice"),
        (["t1_a,,median,os,,,"], "blank"),
        (["t1_a,survival,auc,os,,,soon"], "not a number"),
    ],
)
def test_a_malformed_crosswalk_is_refused(tmp_path, rows, problem):
    values = [",".join(COLUMNS), GOOD, "from,Front matter,,,date,May 2020,,"]
    (tmp_path / "a.csv").write_text("\n".join(values) + "\n", encoding="utf-8")
    (tmp_path / "crosswalk.csv").write_text("\n".join([",".join(CROSSWALK_COLUMNS), *rows]) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=problem):
        load_published(tmp_path)


def test_crosswalk_is_read(tmp_path):
    (tmp_path / "a.csv").write_text("\n".join([",".join(COLUMNS), GOOD]) + "\n", encoding="utf-8")
    head = ",".join(CROSSWALK_COLUMNS)
    (tmp_path / "crosswalk.csv").write_text(f"{head}\nt1_a,validation,auc,os,,,12\n", encoding="utf-8")
    link = load_published(tmp_path).link("t1_a")
    assert (link.name, link.endpoint, link.group, link.horizon) == ("auc", "os", None, 12.0)
