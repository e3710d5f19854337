"""The prose pages: computed numbers only, known names only, one sentence a line, every reference cited."""

import re
from pathlib import Path

import jinja2
import pytest
from pybtex.database import parse_file

from living_article.published import load_published
from living_article.study import load_study

ROOT = Path(__file__).parents[1]
PAGES = (
    "index.md",
    *(f"book/{page}.md" for page in ("introduction", "discussion", "conclusion", "data", "rerun", "references")),
)
SECTIONS = {"methods", "baseline", "survival", "response", "toxicity", "cox", "nomogram", "validation"}
TEMPLATE = re.compile(r"\{\{.*?\}\}")
AMERICAN = re.compile(
    r"tumor|hematolog|anemia|diarrhea|leukemia|randomiz|center\b|analyz|labeled|license[ds]? under", re.I
)


@pytest.fixture(scope="module")
def study():
    return load_study(ROOT / "data" / "study.yml")


@pytest.fixture(scope="module")
def bibliography():
    return parse_file(str(ROOT / "book" / "references.bib")).entries


def read(page):
    return (ROOT / page).read_text(encoding="utf-8")


def prose_lines(page):
    """The lines that hold sentences: no headings, tables, directives, labels or directive options."""
    fenced = False
    for number, line in enumerate(read(page).splitlines(), start=1):
        text = line.strip()
        if text.startswith("```"):
            fenced = not fenced
        elif text and not fenced and not re.match(r"#|\||:|\(\w+\)=|\{\{ fidelity_table", text):
            yield number, text


def typed_numbers(line):
    """Numbers that stand in the line itself: not in a template call, code, link, role, stage or number of a display."""
    line = TEMPLATE.sub("", line)
    line = re.sub(r"`[^`]*`|\]\([^)]*\)", "", line)
    line = re.sub(r"^\d+\. ", "", line)  # the number of a list item
    line = re.sub(r"\b(Tables?|Figures?) \d+( (and|to) \d+)?", "", line)
    line = re.sub(r"\b[TN][0-4]\b|\b(19|20)\d\d\b", "", line)
    return re.findall(r"\d+(?:\.\d+)?", line)


@pytest.mark.parametrize("page", PAGES)
def test_one_sentence_a_line(page):
    for number, text in prose_lines(page):
        bare = re.sub(r"`[^`]*`", "x", TEMPLATE.sub("X", text))
        bare = re.sub(r"^\d+\. |^- ", "", bare)
        assert not re.search(r"[.!?](\*\*)? +[A-Z]", bare), f"{page}:{number}: more than one sentence"
        assert re.search(r"([.:?]|\*\*|X)$", bare), f"{page}:{number}: a sentence goes on in the next line"


@pytest.mark.parametrize("page", PAGES)
def test_no_number_is_typed(page):
    shown = re.sub(r"^```\n.*?^```$", lambda m: "\n" * m[0].count("\n"), read(page), flags=re.M | re.S)  # commands
    for number, line in enumerate(shown.splitlines(), start=1):
        assert not typed_numbers(line), f"{page}:{number}: compute {typed_numbers(line)}"


def test_the_check_for_typed_numbers_finds_them():
    assert typed_numbers("The median was 22.0 months in Table 2.") == ["22.0"]
    assert typed_numbers('T3 and {{ printed("t1_n_control") }} in Tables 4 to 6, see `a1` and [x](#table-2)') == []


@pytest.mark.parametrize("page", PAGES)
def test_spelling_is_british(page):
    for number, text in prose_lines(page):
        assert not AMERICAN.search(re.sub(r"\{cite\}`[^`]*`", "", text)), f"{page}:{number}: {text}"


@pytest.mark.parametrize("page", PAGES)
def test_templates_render_with_known_names_only(page, study):
    published = load_published(ROOT / "data" / "published")
    asked = []

    def record(section, name, *, endpoint=None, group=None, term=None, horizon=None):
        assert section in SECTIONS and name
        assert endpoint is None or endpoint in study.endpoints
        assert group is None or group in {arm.id for arm in study.arms}
        assert term is None or term == "arm" or term in study.covariates
        asked.append((section, name))
        return "number"

    def sentence(section, name):
        return record(section, name) + "."

    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    rendered = environment.from_string(read(page)).render(
        study=study, printed=published.printed, num=record, ci=record, pval=record, sentence=sentence,
        fidelity_table=lambda: "table", fidelity_count={"hit": "1", "miss": "0"}.__getitem__,
        audit_line=lambda section, page="audit.html": f"{section} {page}",
        findings=lambda: "cards", audit_summary=lambda: "Some.", audit_bar=lambda: "bar",
    )  # fmt: skip
    assert "{{" not in rendered and "{%" not in rendered
    assert rendered.startswith("# ")
    if page in ("index.md", "book/data.md"):
        assert study.provenance.statement in rendered, "the reader is told that the patients are reconstructed"
    if page not in ("book/introduction.md", "book/rerun.md", "book/references.md"):
        assert asked, "results on this page come from records"


def cited(page):
    return [key for keys in re.findall(r"\{cite\}`([^`]+)`", read(page)) for key in keys.split(",")]


def test_every_citation_is_in_the_bibliography(bibliography):
    for source in [*PAGES, *(str(p.relative_to(ROOT)) for p in (ROOT / "notebooks").glob("*.py"))]:
        unknown = set(cited(source)) - set(bibliography)
        assert not unknown, f"{source}: {unknown}"


def test_the_references_of_the_article_are_cited_in_its_order(bibliography):
    listed = [key for key, entry in bibliography.items() if entry.fields.get("keywords") == "article-reference"]
    assert len(listed) == 21
    order = [key for page in PAGES for key in cited(page) if key in listed]
    # The bibliography numbers in the order of citation, so this keeps the article's own numbers.
    assert list(dict.fromkeys(order)) == listed


def test_every_reference_is_complete(bibliography):
    needed = {"article": {"journal", "year", "volume", "pages", "title"}, "book": {"publisher", "year", "title"}}
    for key, entry in bibliography.items():
        assert entry.persons["author"], key
        assert needed.get(entry.type, {"title", "year"}) <= set(entry.fields), key
        assert re.search(r"(19|20)\d\d", key) and entry.fields["year"] in key, key
