"""Definitions: the reason is the claim's own."""


def test_the_reason_is_told_and_nothing_is_computed(judged, finding):
    row = {"check": "definitions.stated", "printed": "a", "note": "High is not defined.", "agreement": "none"}
    outcome, verdict = judged({"a": "1"}, **row)
    assert verdict == "definitional" and outcome.reason == "High is not defined." and not outcome.attempts
    assert finding({"a": "1"}, **row).working == ("High is not defined.",)
