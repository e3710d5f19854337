"""The Cox models of tests/oracle/models.R, with the same terms in the same order, and R's values for them."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from living_article.statistics.design import Design, Term, design

ORACLE = Path(__file__).parents[1] / "oracle"


def two_levels(name, level, reference):
    return Term(name, "categorical", (level, reference), reference)


LUNG = (
    Term("age", "continuous"),
    two_levels("sex", "2", "1"),
    Term("ph.ecog", "ordinal", ("0", "1", "2", "3"), "0"),
    Term("wt.loss", "continuous"),
)
VETERAN = (
    two_levels("trt", "2", "1"),
    Term("celltype", "categorical", ("squamous", "smallcell", "adeno", "large"), "squamous"),
    Term("karno", "continuous"),
    Term("diagtime", "continuous"),
    Term("age", "continuous"),
    two_levels("prior", "10", "0"),
)
COHORT = (
    two_levels("arm", "observation", "control"),
    Term("age", "continuous"),
    two_levels("sex", "male", "female"),
    two_levels("tumour_type", "osteosarcoma", "soft_tissue_sarcoma"),
    two_levels("femur", "femur", "other"),
    Term("lung_lesions", "count"),
    two_levels("heart_disease", "yes", "no"),
    two_levels("t_high", "high", "low"),
    two_levels("n_high", "high", "low"),
    two_levels("radiotherapy", "yes", "no"),
    two_levels("ldh_high", "high", "low"),
)
MODELS = {
    "lung": ("lung", "time", "event", LUNG, (180, 365)),
    "lung_tied": ("lung_tied", "time", "event", LUNG, (6, 12)),
    "veteran": ("veteran", "time", "event", VETERAN, (60, 180)),
    "cohort_os": ("cohort", "os_months", "os_event", COHORT, (12, 36)),
    "cohort_pfs": ("cohort", "pfs_months", "pfs_event", COHORT, (6, 12)),
}


@dataclass(frozen=True)
class Case:
    """The rows of a model; `part` takes some of them."""

    name: str
    design: Design
    time: np.ndarray
    event: np.ndarray
    horizons: tuple[float, ...]

    def part(self, rows):
        matrix = self.design.matrix.iloc[rows].reset_index(drop=True)
        return Case(self.name, Design(matrix, self.design.terms), self.time[rows], self.event[rows], self.horizons)


def read_rows(file):
    rows = pd.read_csv(ORACLE / "data" / f"{file}.csv")
    if file.startswith("lung"):
        rows = rows.dropna(subset=["age", "sex", "ph.ecog", "wt.loss"])
        rows["ph.ecog"] = rows["ph.ecog"].astype(int)
    elif file != "veteran":
        rows["femur"] = np.where(rows["primary_site"] == "femur", "femur", "other")
        rows["t_high"] = np.where(rows["t_stage"].isin(["T3", "T4"]), "high", "low")
        rows["n_high"] = np.where(rows["n_stage"] == "N0", "low", "high")
        rows["ldh_high"] = np.where(rows["ldh"] > 240, "high", "low")
    return rows.reset_index(drop=True)


def read_case(name, file=None):
    own, time, event, terms, horizons = MODELS[name]
    rows = read_rows(file or own)
    return Case(name, design(rows, terms), rows[time].to_numpy(float), rows[event].to_numpy(), horizons)


@pytest.fixture(scope="session")
def oracle():
    """Read one topic's values from R."""
    return lambda topic: json.loads((ORACLE / f"{topic}.json").read_text())


@pytest.fixture(scope="session")
def case():
    """Read the rows of a model by name; `file` takes other patients with the same columns."""
    return read_case


@pytest.fixture(scope="session")
def close():
    """Compare with values from R: to 1e-8, unless the call says why not; R's NA (null) is NaN."""

    def compare(ours, theirs, rtol=1e-8, atol=1e-12):
        wanted = np.array(theirs, dtype=object)
        wanted = np.where(wanted == None, np.nan, wanted).astype(float)  # noqa: E711
        np.testing.assert_allclose(np.asarray(ours, float), wanted, rtol=rtol, atol=atol)

    return compare
