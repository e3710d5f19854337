# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Baseline
#
# Were the arms alike before treatment?
# Patients were not randomised. <!-- article -->
# Where treatment was not allocated at random, a difference seen here may explain a difference seen later.
# This section rebuilds the article's Table 1. <!-- article -->
# To the P values of such a table it adds the size of each difference, beside the size that chance alone would give.

# %% tags=["parameters"]
from typing import Literal

study: str = "data/study.yml"  # study file
seed: int = 20250830  # seed of random numbers; this section draws none [seed >= 0]
alpha: float = 0.05  # two-sided significance level; also that of the test of normality [0 < alpha < 0.5]
covariates: list[str] = []  # ids of the covariates to show; empty: the baseline list of the study file
rule: Literal["article", "welch", "nonparametric"] = "article"  # test of numbers: by shape, Welch's t, or ranks
subset: list[str] = []  # only patients who meet these rules, such as "age >= 30" or "sex = male"; exploratory

# %% tags=["hide-input"]
import math

from scipy.stats import chi2, norm, t

from living_article.display.figures import baseline as figures
from living_article.display.printed import beside
from living_article.display.sentences import baseline as sentences
from living_article.display.tables import baseline as tables
from living_article.section import open_section
from living_article.statistics.balance import standardised_difference
from living_article.statistics.contingency import choose_test, pearson, yates
from living_article.statistics.means import compare_groups, mann_whitney, summarise, t_test

section = open_section("baseline", study, subset)
cohort, arms, results = section.cohort, section.study.arms, section.results
named = section.covariates(covariates)
chosen = [c for c in named if all(cohort.of(arm)[c.column].count() >= 2 for arm in arms)]
printed = beside(section.published(), "baseline", "Table 1")

# %% tags=["remove-input"]
section.warn(*(f"{c.label} is left out: an arm has fewer than two values." for c in named if c not in chosen))

# %% [markdown]
# ## Counts, means and medians
#
# Numbers are summarised by mean ± standard deviation and compared by a t test if they are normally distributed, otherwise by median (interquartile range) and a Mann–Whitney test.
# This is the article's rule; it does not say how normality was judged. <!-- article -->
# Here a covariate counts as normal if the Shapiro–Wilk test rejects it in neither arm.
# The parameter `rule` can replace Student's t test by Welch's (`welch`), or use medians and rank tests throughout (`nonparametric`).

# %%
for arm in arms:
    results.add("patients", group=arm.id, value=len(cohort.of(arm)), unit="patients")
    for covariate in chosen:
        where = {"group": arm.id, "term": covariate.id, "unit": "patients"}
        results.add("known", value=cohort.of(arm)[covariate.column].count(), **where)
        results.add("missing", value=cohort.of(arm)[covariate.column].isna().sum(), **where)

# %%
for covariate in (c for c in chosen if c.numeric):
    first, second = (cohort.of(arm)[covariate.column] for arm in arms)
    found = compare_groups(first, second, alpha=alpha, equal_variances=rule != "welch")
    ranked = rule == "nonparametric" or not found.normal
    results.test("test", mann_whitney(first, second) if ranked else found.test, term=covariate.id)
    results.test("t", t_test(first, second), term=covariate.id)
    for arm in arms:
        numbers, where = summarise(cohort.of(arm)[covariate.column]), {"group": arm.id, "term": covariate.id}
        results.add("mean", value=numbers.mean, unit=covariate.unit, **where)
        results.add("sd", value=numbers.sd, unit=covariate.unit, **where)
        if ranked:
            quartiles = {"low": numbers.lower_quartile, "high": numbers.upper_quartile}
            results.add("median", value=numbers.median, unit=covariate.unit, method="quartiles", **quartiles, **where)

# %% [markdown]
# Categories are compared with Pearson's χ² test, or with Fisher's exact test where an expected count is below five.
# Pearson's χ² and, for two levels, the same with Yates's correction are recorded in every case.
# The article prints χ² throughout. <!-- article -->

# %%
for covariate in (c for c in chosen if not c.numeric):
    counts = [[(cohort.of(arm)[covariate.column] == level).sum() for level in covariate.levels] for arm in arms]
    results.test("test", choose_test(counts), term=covariate.id)
    results.test("chi2", pearson(counts), term=covariate.id)
    if len(covariate.levels) == 2:
        results.test("yates", yates(counts), term=covariate.id)
    for arm, row in zip(arms, counts, strict=True):
        for level, count in zip(covariate.levels, row, strict=True):
            results.add("count", group=arm.id, term=f"{covariate.id}:{level}", value=count, unit="count")

# %% [markdown]
# ## How large are the differences?
#
# A P value depends on the number of patients; a standardised difference does not {cite}`austin2009balance`.
# For a number it is the difference of the means in units of the standard deviation, for categories the corresponding distance between proportions.
# Its standard error with two arms alike is close to $\sqrt{1/n_1 + 1/n_2}$, which says how large a difference chance alone would give.

# %%
for covariate in chosen:
    others = [level for level in covariate.levels if level != covariate.reference]
    levels = None if covariate.numeric else [covariate.reference, *others]
    pair = (arms.treated.id, arms.reference.id)
    column, arm = cohort.table[covariate.column], cohort.table[arms.column]
    difference = standardised_difference(column, arm, *pair, levels=levels)
    results.estimate("smd", difference, term=covariate.id, unit="smd")

error = math.sqrt(sum(1 / len(cohort.of(arm)) for arm in arms))
results.add("smd_chance", value=norm.isf(alpha / 2) * error, unit="smd", method="normal approximation")

# %% [markdown]
# Read the table by the standardised differences first, then by the P values.

# %% tags=["hide-input"]
section.table(
    tables.summary(arms, chosen, results),
    "table-1",
    f"Baseline characteristics. {sentences.differences(chosen, results, alpha)}",
    notes=(
        f"SD: standard deviation; IQR: interquartile range.{sentences.rounded(section.private)}",
        f"A test compares all levels of a characteristic; {tables.NOT_APPLICABLE} marks its further levels.",
    ),
)

# %% tags=["remove-input"]
section.say(
    summary=sentences.summary(arms, chosen, results, alpha),
    choice=sentences.choice(chosen, results),
    missing=sentences.missing(chosen, results),
)

# %% [markdown]
# The same differences in order of size: the further to the right, the less alike the arms.

# %% tags=["hide-input"]
section.figure(
    lambda: figures.balance(arms, chosen, results, limit=sentences.USUAL_LIMIT, alpha=alpha),
    "figure-s1",
    f"Balance of the arms at baseline. {sentences.balance(chosen, results, alpha)}",
    sentences.figure_alt(chosen, results, alpha),
)

# %% tags=["remove-input"]
section.say(balance=sentences.balance(chosen, results, alpha))

# %% [markdown] tags=["article"]
# ## Beside the printed table
#
# Below, the printed numbers stand beside the recomputed ones.
# A statistic fixes its P value once the degrees of freedom are known, so the P value of each printed statistic is computed too.

# %% tags=["article"]
for covariate in chosen if printed else ():
    statistic = tables.printed_statistic(printed, covariate)
    if statistic is None:
        continue
    if covariate.numeric:
        implied = 2 * t.sf(abs(statistic.number), len(cohort) - 2)
    else:
        implied = chi2.sf(statistic.number, len(covariate.levels) - 1)
    results.add("implied", term=covariate.id, p=implied, method="P of the printed statistic")

comparable = [c for c in chosen if printed and tables.is_printed(arms, c, printed)]

# %% tags=["hide-input", "article"]
if comparable:
    section.table(
        tables.as_printed(arms, comparable, results, printed),
        "table-1b",
        f"The printed table beside the recomputed statistics. "
        f"{sentences.counts_as_printed(arms, comparable, results, printed)}",
        notes=("Counts in the order of the levels in the table above; recomputed: Student's t or Pearson's χ².",),
    )

# %% tags=["remove-input", "article"]
if comparable:
    section.say(
        counts_as_printed=sentences.counts_as_printed(arms, comparable, results, printed),
        statistics_as_printed=sentences.statistics_as_printed(comparable, results, printed),
    )

# %% tags=["remove-input"]
section.save(study=study, seed=seed, alpha=alpha, subset=subset, covariates=covariates, rule=rule)
