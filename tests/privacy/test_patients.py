"""Real patients: values planted in every column of a table are nowhere in what is built, and no small count is shown."""

from __future__ import annotations

import importlib.util
import json
import math
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from pypdf import PdfReader

from living_article.disclosure import small_cells
from living_article.run.book import build_book
from living_article.run.cache import Execution
from living_article.run.deliver import deliver_book, deliver_section
from living_article.run.execute import execute
from living_article.run.project import Project
from living_article.statistics.results import normal_quantile
from living_article.web.chromium import find_chromium

ROOT = Path(__file__).parents[2]
LIMIT = 5
RAW = yaml.safe_load((ROOT / "data" / "study.yml").read_text(encoding="utf-8"))
SYSTEMS = {system: list(about["events"]) for system, about in RAW["toxicity"]["groups"].items()}
# Patient (row of the table) → what is planted: one beyond all others and one among them.
EXTREME, CENTRAL = 3, 60
LACKING = {"sex": range(4, 92, 8), "tumour_type": (9, 22, 70)}
DAYS = ("2020-02-29", "2020-05-17", "2023-11-29", "2024-03-07")


def planted(raw: dict, table: pd.DataFrame) -> set[str]:
    """Change two patients of the table in place; return the texts by which they could be recognised."""
    numbers = {
        name: c for name, c in raw["covariates"].items() if c["kind"] in ("continuous", "count") and "column" in c
    }
    canaries = {"CANARY-A", "CANARY-B", *DAYS}
    table.loc[EXTREME, raw["patient"]], table.loc[CENTRAL, raw["patient"]] = "CANARY-A", "CANARY-B"
    for row, share, tail in ((EXTREME, 1.13, 0.3719), (CENTRAL, 0.5, 0.4831)):
        for number, covariate in enumerate(numbers.values()):
            column = covariate["column"]
            values = table[column].astype(float)
            at = values.max() * share if share > 1 else values.quantile(0.5)
            text = f"{min(at, covariate.get('maximum', at + 1) - 1) // 1 + tail + number / 100:.4f}"
            table.loc[row, column] = text
            canaries.add(text)
    for lesion in raw["lesions"].values():
        for column, text in ((lesion["before"], "71.2837"), (lesion["after"], "3.1948")):
            table.loc[EXTREME, column] = text
            canaries.add(text)
    for endpoint, text in (("pfs", "77.1793"), ("os", "78.2461")):
        table.loc[EXTREME, raw["endpoints"][endpoint]["time"]] = text
        canaries.add(text)
    for endpoint, text in (("pfs", "7.4917"), ("os", "12.6139")):
        table.loc[CENTRAL, raw["endpoints"][endpoint]["time"]] = text
        canaries.add(text)
    lacking = [row for row in range(len(table)) if row not in (EXTREME, CENTRAL)]
    for name, rows in LACKING.items():  # eleven lack one covariate, three others another: fourteen in all
        table.loc[[lacking[row] for row in rows], raw["covariates"][name]["column"]] = ""
    for row, (enrolled, last) in ((EXTREME, DAYS[::2]), (CENTRAL, DAYS[1::2])):
        table.loc[row, raw["dates"]["enrolled"]], table.loc[row, raw["dates"]["last_contact"]] = enrolled, last
    return canaries


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> tuple[Path, set[str]]:
    """The study file of this book as if its patients were real, with no article, and the values planted."""
    folder = tmp_path_factory.mktemp("hospital")
    raw = yaml.safe_load((ROOT / "data" / "study.yml").read_text(encoding="utf-8"))
    for name in ("article", "design"):
        raw.pop(name)
    for about in (raw, raw["external"]):
        about["provenance"] = {"kind": "patients", "badge": "Real patients"}
    raw["title"] = "A study of another hospital"
    table = pd.read_csv(ROOT / "data" / "cohort.csv", dtype=str, keep_default_na=False)
    canaries = planted(raw, table)
    table.to_csv(folder / "cohort.csv", index=False)
    (folder / "external.csv").write_bytes((ROOT / "data" / "external.csv").read_bytes())
    (folder / "study.yml").write_text(yaml.safe_dump(raw, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return folder / "study.yml", canaries


@pytest.fixture(scope="module")
def outputs(study, tmp_path_factory) -> Path:
    """Everything that is built and delivered: the site, executed notebooks, single sections."""
    folder = tmp_path_factory.mktemp("outputs")
    checkout = folder / "checkout"
    checkout.mkdir()
    for name in ("index.md", "_config.yml", "_toc.yml", "requirements.lock", "book", "notebooks", "data"):
        (checkout / name).symlink_to(ROOT / name)
    project = Project(checkout).of(study[0])
    book = build_book(project, {"validation": {"resamples": 20}}, pdf=find_chromium() is not None)
    deliver_book(book.index.parent, folder / "book")
    for section in project.sections():
        execution = next((project.build / "executed" / section).iterdir())
        deliver_section(Execution(section, execution), folder / "sections" / section, project.bibliography)
    return folder


@pytest.fixture(scope="module")
def attack():
    """The module beside this file."""
    spec = importlib.util.spec_from_file_location("attack", Path(__file__).with_name("attack.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def files(outputs) -> dict[str, str]:
    """Every file of the outputs as text, undecodable bytes replaced.

    Compressed pictures are left out: their bytes hold any short text by chance. Each drawing is read as SVG. Of the PDF
    the text is read, with titles and bookmarks.
    """
    found = [p for p in outputs.rglob("*") if p.is_file() and not p.is_symlink() and p.is_relative_to(outputs)]
    texts = {
        str(p.relative_to(outputs)): p.read_text(encoding="utf-8", errors="replace")
        for p in found
        if not p.resolve().is_relative_to(ROOT) and p.suffix not in (".png", ".pdf")
    }
    for path in (p for p in found if p.suffix == ".pdf"):
        texts[str(path.relative_to(outputs))] = printed(path)
    assert len(texts) > 100
    return texts


def printed(path: Path) -> str:
    """Return the text of a PDF, and all that is said about it."""
    pdf = PdfReader(path)
    told = [str(pdf.metadata), str(pdf.outline), *(str(page.get("/Annots")) for page in pdf.pages)]
    return "\n".join([*(page.extract_text() for page in pdf.pages), *told])


def found_in(text: str, content: str) -> bool:
    return re.search(rf"(?<![\d.]){re.escape(text)}(?!\d)", content) is not None


def test_no_planted_value_is_anywhere(study, files):
    canaries = study[1]
    assert len(canaries) > 15
    for text in canaries:
        found = [name for name, content in files.items() if found_in(text, content)]
        assert not found, f"{text} in {found[:5]}"


def test_the_search_finds_such_values_where_single_patients_may_be_seen(study, tmp_path):
    raw = study[0].read_text(encoding="utf-8").replace("kind: patients", "kind: simulated")
    for name in ("cohort.csv", "external.csv"):
        (tmp_path / name).write_bytes((study[0].parent / name).read_bytes())
    (tmp_path / "study.yml").write_text(raw, encoding="utf-8")
    notebook = ROOT / "notebooks" / "nomogram.py"
    execute(notebook, {"study": str(tmp_path / "study.yml")}, root=ROOT, results=tmp_path, article=False, warm=True)
    written = (tmp_path / "nomogram.json").read_text(encoding="utf-8")
    assert any(found_in(text, written) for text in study[1]), "the oldest patient ends the axis of age"


def test_no_date_and_no_identifier_is_anywhere(files):
    table = pd.read_csv(ROOT / "data" / "cohort.csv", dtype=str)
    days = {pd.Timestamp(day).strftime("%-d %B %Y") for day in DAYS}
    for name, content in files.items():
        assert not re.search(r"\b[PX]\d{3}\b", re.sub(r"_static/.*", "", content)) or "_static" in name, name
        assert not any(day in content for day in days), name
    assert table["patient_id"].str.match(r"P\d{3}").all()


def test_the_tables_are_not_offered(outputs):
    offered = list((outputs / "book").rglob("*.csv"))
    assert all(re.fullmatch(r"files/(figure|table)-\w+\.csv", "/".join(p.parts[-2:])) for p in offered)


def test_no_small_count_is_recorded(outputs):
    shown = 0
    for path in (outputs / "sections").rglob("results.json"):
        for record in json.loads(path.read_text(encoding="utf-8"))["records"]:
            if record.get("unit") in ("patients", "events") and "value" in record:
                shown += 1
                assert not 0 < record["value"] < LIMIT, record
    assert shown > 100


def test_no_small_count_follows_from_what_is_shown(outputs, attack):
    counts = attack.shown_counts(outputs / "sections")
    sums = attack.equations(counts, SYSTEMS)
    assert len(sums) > 100 and sum(value is None for value in counts.values()) > 50
    found = attack.recovered(counts, sums)
    assert len(found) > 10, "what is large may follow"
    small = {k: value for k, value in found.items() if 0.5 < value < LIMIT - 0.5}
    assert not small


def test_the_attack_finds_what_careless_hiding_gives_away(outputs, attack):
    counts = attack.shown_counts(outputs / "sections")
    (level,) = [k for k in counts if k[:2] == ("baseline", "count") and k[3:5] == ("control", "heart_disease:no")]
    (patients,) = [k for k in counts if k[:2] == ("cox", "patients")]
    assert counts[level] is None and counts[patients] is None
    careless = counts | {level: 36.0, patients: 81.0}
    careless |= dict(
        zip([k for k in counts if k[:2] == ("baseline", "missing") and k[4] == "sex"], (7.0, 4.0), strict=True)
    )
    found = attack.recovered(careless, attack.equations(careless, SYSTEMS))
    assert found[*level[:4], "heart_disease:yes", None] == pytest.approx(4.0), "of the 40 in this arm"
    assert found["rest", "lack another than", "sex"] == pytest.approx(3.0), "of the 14 left out, 11 without sex"
    response = [k for k in counts if k[:2] == ("response", "best_response") and k[3] == "observation"]
    (rate,) = [k for k in counts if k[:2] == ("response", "orr_count") and k[3] == "observation"]
    careless |= {response[1]: 12.0} | {rate: 13.0}
    assert attack.recovered(careless, attack.equations(careless, SYSTEMS))[response[0]] == pytest.approx(1.0)


def test_no_more_of_response_is_hidden_than_has_to_be(outputs, attack):
    counts = attack.shown_counts(outputs / "sections")
    told = {k[1:4:2] + (k[4],): v for k, v in counts.items() if k[0] == "response"}
    assert told["orr_count", "observation", "article:CR|PR"] and told["best_response", "observation", "PD"]
    assert told["dcr_count", "control", "article:CR|PR|SD"] and told["best_response", "control", "CR"] == 0
    records = json.loads((outputs / "sections" / "response" / "results.json").read_text(encoding="utf-8"))
    assert [r for r in records["records"] if r["name"] == "test" and r.get("term") == "dcr" and "p" in r]
    assert "fewer than 5 patients given etoposide" in records["sentences"]["orr"]
    first = pd.read_csv(outputs / "book" / "files" / "table-2.csv", dtype=str).iloc[0]
    told = [
        r.get("value") for r in records["records"] if (r["name"], r.get("group")) == ("best_response", "observation")
    ]
    assert [cell.isdigit() for cell in first.iloc[1:5]] == [value is not None for value in told], "one and the same"


@pytest.mark.parametrize("section", ["survival", "toxicity", "baseline", "response"])
def test_a_part_of_the_patients_tells_of_no_few_who_are_left_over(study, outputs, attack, tmp_path, section):
    part = {"study": str(study[0]), "subset": ["age <= 32"]}
    execute(
        ROOT / "notebooks" / f"{section}.py", part, root=ROOT, results=tmp_path, article=False, draw=False, warm=True
    )
    (tmp_path / "part").mkdir()
    (tmp_path / f"{section}.json").rename(tmp_path / "part" / "results.json")
    whole, shown = (attack.shown_counts(folder) for folder in (outputs / "sections" / section, tmp_path))
    shown = {(section, *k[1:]): value for k, value in shown.items()}
    over = {k: whole[k] - value for k, value in shown.items() if value is not None and whole.get(k) is not None}
    counts = [k for k in over if k[1] not in small_cells.NOT_PATIENTS]
    assert len(counts) > 3
    assert not {k: over[k] for k in counts if 0 < over[k] < LIMIT}


def sizes(outputs: Path, *, external: bool = False) -> dict[str, set[int]]:
    """How many patients a series of a drawing has, by its label; of "" all numbers of patients that are shown."""
    found: dict[str, set[int]] = {"": set()}
    arms = yaml.safe_load((ROOT / "data" / "study.yml").read_text(encoding="utf-8"))["arms"]["levels"]
    for path in sorted((outputs / "sections").glob("*/results.json")):
        for r in json.loads(path.read_text(encoding="utf-8"))["records"]:
            if r["name"].endswith("patients") and r.get("value"):
                about = "Risk groups (Kaplan–Meier)" if "group_" in r["name"] else ""
                if about and external != r["name"].startswith("external_"):
                    continue
                found.setdefault(about, set()).add(int(r["value"]))
                if path.parent.name == "baseline":
                    found[arms[r["group"]]["label"]] = {int(r["value"])}
    return found


def test_no_percentage_interval_or_point_tells_a_small_count(outputs, files, attack):
    known, outside = sizes(outputs), sizes(outputs, external=True)
    assert len(outside) == 4 and {40, 55, 120} <= outside.pop("") and known.pop("")
    arms = {40, 55, 95, 120}
    read = {
        name: text for name, text in files.items() if re.fullmatch(r"(book|sections).*\.(html|ipynb|csv|svg|pdf)", name)
    }
    read = {name: text for name, text in read.items() if not re.search("_static|book/functions/", name)}
    assert len(read) > 70 and (find_chromium() is None or "book/book.pdf" in read)
    of_variance = set(re.findall(r"\d+\.\d+", files["book/files/table-s14.csv"]))  # shares of no patients
    for name, text in read.items():
        seen = attack.outputs_of(text) if name.endswith("ipynb") else text
        found = attack.small_counts(attack.words_of(seen), arms, LIMIT)
        assert not [told for told in found if told[0] not in of_variance], name
    for path in (outputs / "book" / "files").glob("figure-*.csv"):
        of = outside if path.name == "figure-5c.csv" else known
        assert not list(attack.small_points(path, of, LIMIT)), path.name


def test_the_flow_diagram_counts_nobody_whom_the_sections_hide(outputs, attack):
    told = (outputs / "book" / "files" / "figure-1.csv").read_text(encoding="utf-8")
    counts = attack.shown_counts(outputs / "sections")
    shown = {v for k, v in counts.items() if k[0] != "methods" and k[1].endswith(("patients", "events"))}
    assert "OS: 55 analysed" in told and "some with all covariates" in told
    assert {float(number) for number in re.findall(r"(\d+) (?:events|with all)", told)} <= shown


def test_curves_and_milestones_tell_of_no_few_events(outputs, attack):
    records = json.loads((outputs / "sections" / "survival" / "results.json").read_text(encoding="utf-8"))["records"]
    for arm, patients in (("observation", 55), ("control", 40)):
        for figure, endpoint in (("2", "pfs"), ("3", "os")):
            table = outputs / "book" / "files" / f"figure-{figure}.csv"
            told = attack.told_survival(table, RAW["arms"]["levels"][arm]["label"])
            mine = [r for r in records if (r.get("endpoint"), r.get("group")) == (endpoint, arm)]
            told |= {r["horizon"]: r["value"] for r in mine if r["name"] == "milestone" and "value" in r}
            assert len(told) > 4 and not list(attack.few_between(told, patients, LIMIT)), (arm, endpoint)
    medians = [r for r in records if r["name"] in ("median", "follow_up")]
    ends = [r[end] for r in medians for end in ("value", "low", "high") if end in r]
    assert len(ends) > 12 and all(end.is_integer() for end in ends), "times of single patients have a decimal"


def test_the_attack_on_curves_finds_a_milestone_between_two_steps(attack, tmp_path):
    table = tmp_path / "figure-3.csv"
    table.write_text("shape,series,item,x,y\nline,new,1,0,1\nline,new,1,31,0.33\nline,new,1,43,0.2\nline,new,2,9,0.5\n")
    told = attack.told_survival(table, "new")
    assert told == {0.0: 1.0, 31.0: 0.33, 43.0: 0.2} and not list(attack.few_between(told, 55, 5))
    assert [found[:2] for found in attack.few_between(told | {36.0: 0.27}, 55, 5)] == [(31.0, 36.0), (36.0, 43.0)]


def test_the_reader_finds_careless_percentages_intervals_and_points(attack, tmp_path):
    cells = "<td>3 (7.5)</td> <img alt='x' title='in 92.5%'> 0.8 to 12.5; 5.5 (1.1 to 15.1) % at the 5% level"
    found = {
        (shown, count) for shown, count, _ in attack.small_counts(attack.words_of(cells.replace("'", '"')), {40, 55}, 5)
    }
    assert {("7.5", 3), ("92.5", 37), ("5.5", 3), ("1.1 to 15.1", 3)} <= found
    assert "5" not in {shown for shown, _ in found}
    table = tmp_path / "figure-1.csv"
    table.write_text("series,x,y\nnew,1,0.0727273\nnew,2,0.5\n")
    assert list(attack.small_points(table, {"new": {55}}, 5)) == [("0.0727273", 4, 55)]


def test_the_model_of_the_calculator_tells_no_count(outputs, attack):
    (path,) = (outputs / "checkout" / "_build").rglob("executed/nomogram/*/nomogram.model.json")
    model = json.loads(path.read_text(encoding="utf-8"))
    assert not list(attack.whole_numbers(model, range(20, 200)))
    assert list(attack.whole_numbers({"centre": [3 / 81]}, [81])) == [(3 / 81, 81)], "what a mean would tell"
    assert np.all(np.diff([0.0, *model["baseline"]["time"]]) > 0.4), "no single time of an event"


def test_neighbouring_analyses_of_the_sensitivity_section_tell_of_no_few_events(outputs, attack):
    path = outputs / "sections" / "sensitivity" / "results.json"
    records = json.loads(path.read_text(encoding="utf-8"))["records"]
    between = attack.fewest_events_between(records)
    assert between and min(between.values()) > LIMIT - 0.5, between


def test_the_attack_on_standard_errors_finds_a_few_events(attack):
    def analysis(patients: str, events: int) -> dict:
        low, high = (math.exp(sign * normal_quantile(0.95) * 2 / math.sqrt(events)) for sign in (-1, 1))
        method = f"Adjusted for: Treatment alone; Patients: {patients}; Ties: Efron"
        return {"name": "analysis", "endpoint": "os", "method": method, "low": low, "high": high}

    found = attack.fewest_events_between([analysis("All", 79), analysis("Early", 76)])
    assert found == {("os", "All / Early"): pytest.approx(3.0)}


def test_no_text_of_the_article_is_left(files):
    for name, content in files.items():
        if name.startswith("book/") and name.endswith(".html") and not re.search("_static|book/functions/", name):
            # the pages of source are of the package, the same for every study
            text = re.sub(r"<pre.*?</pre>|<script.*?</script>|<[^>]*>", " ", content, flags=re.DOTALL)
            assert not re.search(r"\b[Tt]he article\b|\bits (Table|Figure)s?\b", text), name


def test_readers_are_told_what_is_withheld(files):
    survival = files["sections/survival/survival.html"]
    assert "no single patient can be made out" in survival
    assert "plots of single patients are left out" in files["sections/response/response.html"]
