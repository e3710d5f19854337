"""Covariates, and the model that the events support."""

from living_article.patients.table_files import TableFile
from living_article.study.drafting.draft import draft
from tests.study.drafting.patients import patients


def test_the_model_has_no_more_terms_than_events_support():
    table = patients()
    table["OS status"] = ["dead"] * 15 + ["alive"] * 65
    made = draft(TableFile(table), "x")
    assert made.content["model"]["terms"] == ["arm", "age", "smoker"]
    assert "15 events do not support more" in made.comments["model", "terms"]


def test_events_of_patients_with_a_missing_value_do_not_support_the_model():
    table = patients()
    table["OS status"] = ["dead"] * 15 + ["alive"] * 65
    table.loc[3:10, "age"] = ""
    made = draft(TableFile(table), "x")
    assert made.content["model"]["terms"] == ["arm", "ECOG"]


def covariate(values, name="x", levels=None):
    """Return the block and the comment of a covariate with these values, repeated, and what was remarked."""
    table = patients().drop(columns=["age", "ECOG", "crp"])
    table[name] = (values * 80)[:80]
    made = draft(TableFile(table, {}, {name: levels} if levels else {}), "x")
    return made.content["covariates"].get(name), made.comments.get(("covariates", name)), made.remarks


def test_two_numbers_are_levels_whose_meaning_is_asked():
    block, comment, _ = covariate(["1", "2"])
    assert (block["kind"], block["levels"]) == ("categorical", {"1": "1", "2": "2"})
    assert comment.endswith("what do 1 and 2 stand for?")


def test_one_and_nought_are_yes_and_no_but_not_of_sex():
    block, comment, _ = covariate(["1", "0"], "diabetes")
    assert block["levels"] == {"0": "No", "1": "Yes"} and comment.startswith("guessed: 0 as no and 1 as yes")
    block, comment, _ = covariate(["1", "0"], "sex")
    assert block["levels"] == {"0": "0", "1": "1"} and comment.endswith("what do 0 and 1 stand for?")


def test_a_code_for_missing_is_outside_the_bounds_so_that_the_check_asks():
    block, comment, _ = covariate(["3", "7", "12", "25", "999", "8", "1"])
    assert (block["minimum"], block["maximum"]) == (0, 998)
    assert "999 looks like a code for missing" in comment
    block, _, _ = covariate(["3.5", "7", "-9", "8"])
    assert block["minimum"] == 0 and "maximum" not in block
    block, comment, _ = covariate(["0", "1", "2", "9"], "ecog")
    assert list(block["levels"]) == ["0", "1", "2"] and "9 looks like a code for missing" in comment
    block, _, _ = covariate(["30", "99", "120", "70", "64", "80", "55"])
    assert "maximum" not in block


def test_few_whole_numbers_may_be_codes():
    _, comment, _ = covariate(["1", "2", "3", "4"])
    assert comment.endswith("if they are codes, make it categorical with levels")


def test_why_text_is_not_analysed():
    for values, told in (
        ([f"7,1{i}" for i in range(10, 50)], "80 of its 80 values are no numbers, such as '7,110'"),
        ([*(f"3.{i}" for i in range(10, 45)), *["<2.0"] * 5], "10 of its 80 values are no numbers, such as '<2.0'"),
        (
            [f"{month}/{day}/2020" for month in range(1, 9) for day in range(1, 9)],
            "dates such as '1/1/2020' may mean several days",
        ),
        ([f"{day:02}.03.19" for day in range(1, 25)], "dates such as '01.03.19' may mean several days"),
        (
            [*(f"2020-01-{day:02}" for day in range(1, 20)), "2020-13"],
            "4 of its 80 values are no dates, such as '2020-13'",
        ),
        (["x", ""], "its cells hold 'x' or nothing; write what an empty cell means"),
        ([str(i) for i in range(1, 81)], "it numbers the rows"),
        ([f"1.{i} m" for i in range(50, 90)], "80 of its 80 values are no numbers, such as '1.50 m'"),
        ([f"text {i}" for i in range(40)], "text with too many different values to be levels"),
    ):
        block, _, remarks = covariate(values)
        assert block is None
        assert any(remark.startswith(f"x: not analysed, {told}") for remark in remarks), remarks


def test_dates_of_last_contact_that_cannot_be_read_are_told_as_dates():
    _, _, remarks = covariate([f"{month}/{day}/2020" for month in range(1, 9) for day in range(1, 9)], "last contact")
    assert any(remark.startswith("last contact: not analysed, dates such as '1/1/2020'") for remark in remarks)


def test_the_other_half_of_an_endpoint_is_no_covariate():
    block, _, remarks = covariate(["1.5", "2", "8"], "PFS_months")
    assert block is None
    assert any("PFS_months: not analysed, it looks like the time or the event" in remark for remark in remarks)
