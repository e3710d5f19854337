"""Records of a small toxicity section for the tests of its tables, sentences and figure."""

from living_article.display.tables.toxicity import ANY
from living_article.records import Results
from living_article.statistics.proportions import proportion, risk_difference
from living_article.study.model import Arm, Arms, ToxicityGroup

ARMS = Arms("arm", Arm("new", "New drug", "New", "First group"), Arm("old", "Old drug", "Old", "Second group"))
BLOOD = ToxicityGroup("blood", "Blood toxicity", {"low_white": "Low white cells"}, "yes")
GUT = ToxicityGroup("gut", "Gut reactions", {"nausea": "Nausea", "vomiting": "Vomiting"}, "yes")
GROUPS = (BLOOD, GUT)
TERMS = ("low_white", "blood", "nausea", "vomiting", "gut", ANY)


def records(*, new=1, old=4, gut=(1, 4), p=0.2) -> Results:
    """Return records of 20 patients an arm, ``new`` and ``old`` with an event; ``p`` None means not estimable."""
    results = Results("toxicity")
    for arm in ARMS:
        results.add("patients", group=arm.id, value=20, unit="patients")
    for term in TERMS:
        pair = gut if term == "gut" else (new, old)
        for arm, count in zip(ARMS, pair, strict=True):
            results.add("count", group=arm.id, term=term, value=count, unit="count")
            results.add("known", group=arm.id, term=term, value=20, unit="patients")
            results.estimate("incidence", proportion(count, 20), group=arm.id, term=term, unit="proportion")
        difference = risk_difference(pair[0], 20, pair[1], 20)
        results.estimate("incidence_difference", difference, term=term, unit="risk difference")
        for name in ("test", "chi2", "yates"):
            results.add(name, term=term, value=2.5, p=p, unit="statistic", note="not estimable: one row")
    return results
