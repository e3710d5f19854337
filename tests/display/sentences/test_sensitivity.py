from living_article.display.sentences import sensitivity as sentences
from living_article.study.sensitivity import Patients
from tests.display.sensitivity_records import ARMS, CHOICES, DEATH, records


def test_summary_says_range_default_and_counts():
    text = sentences.summary(ARMS, [DEATH], records(), 0.05)
    assert "Over 8 analyses of overall survival" in text
    assert "ranges from 0.500 to 0.800 (median 0.650); the default analysis gives 0.600 (95% CI 0.400 to 0.900)" in text
    assert text.endswith("It is below one in all and statistically significant at the 5% level in 3 of them.")


def test_summary_follows_the_counts():
    text = sentences.summary(ARMS, [DEATH], records(below=2, significant=0), 0.1)
    assert "below one in 2 of them and statistically significant at the 10% level in none." in text


def test_the_choice_that_matters_is_the_one_with_the_largest_share():
    assert "“coding of T” goes with 70.0%" in sentences.matters(CHOICES, [DEATH], records())
    assert "“adjusted for” goes with 60.0%" in sentences.matters(CHOICES, [DEATH], records(shares=(0.6, 0.3, 0.0)))
    assert sentences.matters(CHOICES, [DEATH], records(shares=(0.0, 0.0, 0.0))).startswith("No choice makes")


def test_results_that_occur_twice_are_owned_up_to():
    assert "6 of 8 for OS" in sentences.distinct([DEATH], records())
    assert sentences.distinct([DEATH], records(distinct=8)) == "No two analyses give the same result."


def test_failures_are_counted():
    assert sentences.not_estimable([DEATH], records()) == []
    (warning,) = sentences.not_estimable([DEATH], records(failed=1))
    assert warning.startswith("1 analysis of OS gave no finite")


def test_caption_and_alt_text_state_the_finding():
    assert "8 of 8 are below one and 3 are significant at the 5% level for OS" in sentences.sides(
        [DEATH], records(), 0.05
    )
    assert "ranges from" in sentences.curve_alt(ARMS, [DEATH], records(), 0.05)


def test_options_left_out_are_named():
    assert sentences.too_alike([]) == []
    (said,) = sentences.too_alike(["First 36 months", "Followed"])
    assert said.startswith("2 options on patients are left out") and said.endswith("First 36 months and Followed.")


def test_options_on_a_part_of_the_patients_are_called_exploratory():
    options = [
        Patients("All"),
        Patients("Early", until=12.0),
        Patients("Followed", followed=True),
        Patients("Old", "age", 60),
    ]
    assert sentences.exploratory(options) == " On a part of the patients, and so exploratory: Followed and Old."
    assert sentences.exploratory(options[:2]) == ""
