"""The vocabulary: complete, and its patterns are patterns."""

from __future__ import annotations

import re

from living_article.study.vocabulary import vocabulary


def test_patterns_are_regular_expressions():
    known = vocabulary()
    patterns = [*known.arm, *known.reference, known.adverse_events, known.ordered]
    patterns += [known.totals, known.no_arm, known.opposite, known.named]
    patterns += [pattern for kind in known.endpoints for pattern in (kind.words, kind.dates)]
    patterns += [pattern for role in known.dates.values() for pattern in role]
    for pattern in patterns:
        re.compile(pattern)


def test_one_endpoint_holds_the_others_and_one_stands_for_unnamed_ones():
    kinds = vocabulary().endpoints
    assert [kind.outermost for kind in kinds] == [False] * (len(kinds) - 1) + [True]
    assert sum(kind.unnamed for kind in kinds) == 1
    assert not kinds[-1].unnamed


def test_words_are_text_in_small_letters():
    known = vocabulary()
    for word in (*known.identifying, *known.patient, *known.counted, *known.record, *known.nothing, *known.unknown):
        assert word == word.casefold()


def test_an_objective_response_is_controlled():
    classes = vocabulary().response
    assert any(of["objective"] for of in classes.values())
    assert all(of["controlled"] for of in classes.values() if of["objective"])
