"""Records of a small sensitivity section, for the tests of its displays."""

from living_article.records import Results
from living_article.study.model import Arm, Arms, Endpoint

ARMS = Arms("arm", Arm("new", "New drug", "New", "First group"), Arm("old", "Old drug", "Old", "Second group"))
DEATH = Endpoint("os", "Overall survival", "OS", "time", "event", "months", "death")
CHOICES = {"Adjusted for": ["All", "Nothing"], "Coding of T": ["Two", "Four"], "Ties": ["Efron"]}


def records(analyses=8, distinct=6, failed=0, below=8, significant=3, shares=(0.2, 0.7, 0.0), default=(0.6, 0.4, 0.9)):
    """Return records of one endpoint."""
    results = Results("sensitivity")
    counts = {"analyses": analyses, "distinct_analyses": distinct, "failed_analyses": failed}
    for name, value in (counts | {"below_one": below, "significant": significant}).items():
        results.add(name, endpoint="os", value=value, unit="count")
    ratio = {"endpoint": "os", "unit": "hazard ratio"}
    results.add("hazard_ratios", value=0.65, low=0.5, high=0.8, **ratio)
    results.add("default", value=default[0], low=default[1], high=default[2], p=0.01, **ratio)
    for choice, share in zip(CHOICES, shares, strict=True):
        results.add("variance_share", endpoint="os", term=choice, value=share, unit="proportion")
    results.add("variance_share", endpoint="os", term="together", value=1 - sum(shares), unit="proportion")
    results.add("option", term="Adjusted for", group="All", value=0.7, low=0.6, high=0.8, **ratio)
    results.add("option", term="Adjusted for", group="Nothing", value=0.55, low=0.5, high=0.6, **ratio)
    results.add("option", term="Coding of T", group="Two", value=0.66, low=0.6, high=0.7, **ratio)
    return results
