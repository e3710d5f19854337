"""Small plans of a sensitivity section, and the rows of their one analysis."""

from living_article.analysis.specifications import EFRON, specifications
from living_article.analysis.specified_rows import rows
from living_article.study.sensitivity import Adjustment, Patients, Sensitivity

EVERYBODY = (Patients("All"),)


def plan(*terms, codings=(), patients=EVERYBODY):
    return Sensitivity((Adjustment("some", "Some", terms),), tuple(codings), tuple(patients))


def only(cohort, endpoint, sensitivity):
    return rows(cohort, specifications(sensitivity, [endpoint], (EFRON,))[-1])
