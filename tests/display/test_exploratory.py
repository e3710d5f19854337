"""What is about a part of the patients is marked, sentence by sentence and page by page."""

from living_article.display.exploratory import mark, marked_page, part

BADGE = "Real patients; exploratory: Age at least 60 years and Sex: Male"


def test_a_sentence_says_whom_it_is_about():
    assert part(BADGE) == "Age at least 60 years and Sex: Male"
    assert mark(BADGE) == "*Exploratory, Age at least 60 years and Sex: Male:* "
    assert mark("Real patients") == part("") == ""


def test_a_page_says_below_its_title_which_sections_are_about_a_part():
    page = "# Title\n\nText.\n\n# Another\n"
    assert marked_page(page, {"cox": "Real patients"}) == page
    marked = marked_page(page, {"cox": "Real patients", "survival": BADGE})
    assert marked.startswith("# Title\n\n:::{warning}\nExploratory: 1 section is about a part of the patients")
    assert "{doc}`/notebooks/survival` (Age at least 60" in marked and "cox" not in marked
    assert marked.count("warning") == 1 and marked.endswith("Text.\n\n# Another\n")
