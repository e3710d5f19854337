"""Records of a small baseline section for the tests of its tables, sentences and figure."""

from living_article.records import Results
from living_article.study.model import Arm, Arms, Covariate

ARMS = Arms("arm", Arm("new", "New drug", "New", "First group"), Arm("old", "Old drug", "Old", "Second group"))
AGE = Covariate("age", "age", "Age", "continuous", unit="years")
SEX = Covariate("sex", "sex", "Sex", "categorical", levels={"m": "Male", "f": "Female"}, reference="f")
SITE = Covariate("site", "site", "Site", "categorical", levels={"a": "Arm", "b": "Leg", "c": "Hip"}, reference="a")
COVARIATES = [AGE, SEX, SITE]


def records(*, p=0.2, smd=0.05, median=False, missing=0, chance=0.5) -> Results:
    """Return records of 20 patients an arm; ``p`` and ``smd`` are those of age."""
    results = Results("baseline")
    results.add("smd_chance", value=chance, unit="smd")
    for arm in ARMS:
        results.add("patients", group=arm.id, value=20, unit="patients")
        for c in COVARIATES:
            gap = missing if c is AGE else 0
            results.add("missing", group=arm.id, term=c.id, value=gap, unit="patients")
            results.add("known", group=arm.id, term=c.id, value=20 - gap, unit="patients")
            for level in c.levels:
                results.add("count", group=arm.id, term=f"{c.id}:{level}", value=20 // len(c.levels), unit="count")
        results.add("mean", group=arm.id, term="age", value=30.04, unit="years")
        results.add("sd", group=arm.id, term="age", value=6.0, unit="years")
        if median:
            results.add("median", group=arm.id, term="age", value=29.0, low=25.0, high=33.0, unit="years")
    for c, value, size in ((AGE, p, smd), (SEX, 0.5, -0.02), (SITE, None, 0.3)):
        note = None if value is not None else "not estimable: all patients are in one row or one column"
        results.add("test", term=c.id, p=value, method="a test", note=note)
        results.add("t" if c is AGE else "chi2", term=c.id, value=1.5, p=0.912, unit="statistic")
        results.add("smd", term=c.id, value=size, unit="smd", note="not estimable: no variance within either arm")
        results.add("implied", term=c.id, p=0.3)
    results.add("yates", term="sex", value=0.0, p=1.0, unit="statistic")
    return results
