"""Response, lesions and new lesions."""

from living_article.patients.table_files import TableFile
from living_article.study.drafting.draft import draft
from tests.study.drafting.patients import patients


def test_progression_lies_within_survival_and_a_new_lesion_is_taken():
    table = patients().assign(pfs_months="0.01", pfs_event="1", new_lesions="no")
    table.loc[1, "new_lesions"] = "yes"
    table.loc[2, "pfs_months"] = "0.005"
    table.loc[3, "pfs_months"] = "0.001"
    made = draft(TableFile(table), "x")
    assert made.content["endpoints"]["pfs"]["within"] == "os"
    assert made.content["response"]["new_lesions"] == {"column": "new_lesions", "yes": "yes"}
