"""The checklists are complete: every item of each standard once, in its order, and well formed."""

from pathlib import Path
from string import ascii_lowercase

import pytest
import yaml

from living_article.errors import InputError
from living_article.reporting.checklist import NOT_REPORTED, load_checklist, load_checklists

FOLDER = Path(__file__).parents[2] / "data" / "reporting"
# standard → number of its items, and how many lettered parts some of them have
STRUCTURE = {
    "strobe": (22, {1: 2, 6: 2, 12: 5, 13: 3, 14: 3, 16: 3}),
    "remark": (20, {}),
    "tripod_ai": (27, {3: 3, 5: 2, 6: 3, 8: 3, 9: 3, 12: 7, 18: 6, 20: 3, 23: 2, 27: 3}),
}
ROWS = {"strobe": 34, "remark": 20, "tripod_ai": 52}


def numbering(items, parts):
    """Every number of a standard, with the letters of its parts."""
    for number in range(1, items + 1):
        letters = ascii_lowercase[: parts.get(number, 0)]
        yield from [f"{number}{letter}" for letter in letters] or [str(number)]


@pytest.mark.parametrize("name", STRUCTURE)
def test_no_item_is_missing_or_invented(name):
    checklist = load_checklist(FOLDER / f"{name}.yml")
    assert checklist.id == name
    assert [item.item for item in checklist.items] == list(numbering(*STRUCTURE[name]))
    assert len(checklist.items) == ROWS[name]


def test_the_standards_come_in_the_order_of_their_years():
    assert [c.id for c in load_checklists(FOLDER)] == ["strobe", "remark", "tripod_ai"]


def test_descriptions_are_short_and_said_once():
    for checklist in load_checklists(FOLDER):
        asked = [item.asks for item in checklist.items]
        assert max(len(text.split()) for text in asked) <= 20, checklist.id
        # a standard may ask the same of two parts of a paper, but not often
        assert len(set(asked)) > 0.95 * len(asked), checklist.id


def test_an_item_the_book_cannot_have_met_is_not_added():
    items = [item for checklist in load_checklists(FOLDER) for item in checklist.items]
    assert all(not item.where for item in items if item.article == NOT_REPORTED)
    assert {item.added for item in items} == {True, False}
    assert not any(item.added for item in items if not item.book or item.article == "reported")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"article": "yes"}, "item 1a, article: 'yes' is not one of"),
        ({"article": "not reported"}, "item 1a: not reported, yet with a place"),
        ({"where": ""}, "item 1a, where: "),
        ({"item": "1.a"}, "item 1.a, item: "),
        ({"book": {"Table 1": "https://example.org"}}, "item 1a, book, Table 1: "),
        ({"item": "1b"}, "item given twice"),
        ({"verdict": "good"}, "item 1a: "),
    ],
)
def test_a_malformed_item_is_told_with_its_place(tmp_path, change, told):
    content = yaml.safe_load((FOLDER / "strobe.yml").read_text("utf-8"))
    content["items"][0] |= change
    file = tmp_path / "strobe.yml"
    file.write_text(yaml.safe_dump(content))
    with pytest.raises(InputError) as caught:
        load_checklist(file)
    assert str(file) in str(caught.value)
    assert told in str(caught.value)


def test_a_reported_item_says_where(tmp_path):
    content = yaml.safe_load((FOLDER / "remark.yml").read_text("utf-8"))
    del content["items"][0]["where"]
    file = tmp_path / "remark.yml"
    file.write_text(yaml.safe_dump(content))
    with pytest.raises(InputError, match=r"item 1: 'where' is a required property"):
        load_checklist(file)


def test_a_folder_without_checklists_is_refused(tmp_path):
    with pytest.raises(InputError, match="no checklist"):
        load_checklists(tmp_path)
