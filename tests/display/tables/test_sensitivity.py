from living_article.display.tables import sensitivity as tables
from tests.display.sensitivity_records import CHOICES, DEATH, records


def test_choices_stand_in_order_of_their_share():
    frame = tables.shares(CHOICES, [DEATH], records())
    assert list(frame.index) == ["Coding of T", "Adjusted for", "Choices acting together"]
    assert frame["OS: share of variance"].tolist() == ["70.0%", "20.0%", "10.0%"]
    assert frame["Options"].tolist() == ["2", "2", "–"]


def test_a_choice_with_one_option_is_left_out_of_both_tables():
    one = CHOICES | {"Coding of T": ["Two"]}
    assert list(tables.shares(one, [DEATH], records()).index) == ["Adjusted for", "Choices acting together"]
    assert list(tables.options(one, [DEATH], records()).index) == ["Adjusted for: All", "Adjusted for: Nothing"]


def test_options_of_varied_choices_with_median_and_range():
    frame = tables.options(CHOICES, [DEATH], records())
    (cells,) = frame.to_dict("list").values()
    assert dict(zip(frame.index, cells, strict=True)) == {
        "Adjusted for: All": "0.700 (0.600 to 0.800)",
        "Adjusted for: Nothing": "0.550 (0.500 to 0.600)",
        "Coding of T: Two": "0.660 (0.600 to 0.700)",
        "Coding of T: Four": "–",
    }
