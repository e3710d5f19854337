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
# # Response
#
# Did tumours shrink, and did more of them shrink under one regimen than under the other?
# The article classifies best response (its Table 2), compares two rates (Table 3) and shows diameters before and after treatment (Figure 4). <!-- article -->
# This section compares best response between the arms, with exact intervals and tests. <!-- response -->
# It computes the classes again from the diameters, under criteria the reader can choose. <!-- classified -->

# %% tags=["parameters"]
from typing import Literal

study: str = "data/study.yml"  # study file
seed: int = 20250830  # seed of random numbers; this section draws none [seed >= 0]
alpha: float = 0.05  # two-sided significance level; intervals have level 1 - alpha [0 < alpha < 0.5]
criteria: Literal["study", "article", "recist", "who"] = "study"  # criteria of response; study: as in the study file
subset: list[str] = []  # only patients who meet these rules, such as "age >= 30" or "sex = male"; exploratory

# %% tags=["hide-input"]
from itertools import product

import numpy as np
import pandas as pd

from living_article.disclosure.count_sums import rate_term
from living_article.section import open_section
from living_article.statistics.contingency import fisher, linear_by_linear, pearson
from living_article.statistics.means import compare_groups, compare_pairs, paired_t, summarise, t_test
from living_article.statistics.proportions import boschloo, proportion, risk_difference
from living_article.statistics.response import CATEGORIES, CRITERIA, best_response, relative_change

# %% tags=["hide-input"]
from living_article.display import words
from living_article.display.figures import response as figures
from living_article.display.printed import beside, signs
from living_article.display.sentences import response as sentences
from living_article.display.tables import response as tables

section = open_section("response", study, subset)
cohort, arms, results = section.cohort, section.study.arms, section.results
table, lesions = cohort.table, section.study.lesions
response = section.study.response
rates = {"orr": response.objective, "dcr": response.controlled} if response else {}

# %% tags=["remove-input"]
if response is None:
    section.warn("The study file describes no response; only diameters, if there are any, are shown.")

# %% [markdown] tags=["classified"]
# ## From diameters to best response
#
# The article names RECIST and then states limits of its own, here called 50/50. <!-- article -->
# The RECIST criteria {cite}`eisenhauer2009recist` use the diameter itself; the WHO criteria {cite}`miller1981reporting` use a product of two diameters, taken here as the square of the one recorded.
# Each patient has one diameter before and one after treatment, so nothing can be said about confirmation four weeks later.

# %% tags=["classified", "remove-input"]
section.say(definitions=sentences.definitions(CRITERIA.values()))

# %%
lesion = lesions.get(response.lesion) if response else None
computable = lesion is not None and set(CATEGORIES) <= set(response.levels)
choice = CRITERIA[response.criteria if criteria == "study" else criteria] if computable else None
has_both = table[[lesion.before, lesion.after]].notna().all(axis=1) if computable else pd.Series(False, table.index)
measured = table[has_both]
flag = response.new_lesions if response else None
new = measured[flag.column] == flag.yes if flag else pd.Series(False, measured.index)


# %%
def classify(rules):
    """Best response by these criteria; the recorded one for a patient whose lesion was not measured twice."""
    found = table[response.column].copy()
    if rules:
        found[has_both] = best_response(measured[lesion.before], measured[lesion.after], new, rules)
    return found


best = classify(choice) if response else None

# %%
for arm in arms if response else ():
    results.add("patients", group=arm.id, value=len(cohort.of(arm)), unit="patients")
    lacking = cohort.of(arm)[response.column].isna().sum()
    results.add("missing", group=arm.id, term="best_response", value=lacking, unit="patients")

used = choice.name if choice else "recorded"
others = {rules.name: classify(rules) for rules in CRITERIA.values() if rules is not choice} if choice else {}
for (name, levels), arm in product(rates.items(), arms):
    mine, where = table[arms.column] == arm.id, {"group": arm.id, "unit": "count"}
    results.add(f"{name}_count", term=rate_term(used, levels), value=(mine & best.isin(levels)).sum(), **where)
    for criteria_id, found in others.items():
        term, number = rate_term(criteria_id, levels), (mine & found.isin(levels)).sum()
        results.add(f"{name}_count_by_criteria", term=term, value=number, **where)

# %% [markdown] tags=["classified"]
# The recorded response is kept beside the computed one, to see whether the two agree.

# %%
if choice:
    for arm in arms:
        results.add("measured", group=arm.id, value=(measured[arms.column] == arm.id).sum(), unit="patients")
    for rules in CRITERIA.values():
        same = (classify(rules)[has_both] == measured[response.column]).sum()
        results.estimate("agreement", proportion(same, len(measured)), term=rules.name, unit="proportion")

# %% tags=["remove-input"]
if choice:
    section.say(agreement=sentences.agreement(choice, lesion, results))
    if len(measured) < len(table):
        lacking = "Some" if section.private else len(table) - len(measured)
        section.warn(f"{lacking} patients lack a diameter; their recorded response is used.")

# %% [markdown] tags=["classified"]
# The plot shows every patient's change, largest growth on the left. <!-- drawn -->
# A bar that points down although it is coloured as progression belongs to a patient with a new lesion. <!-- drawn -->

# %%
if choice:
    change = relative_change(measured[lesion.before], measured[lesion.after])
    patients = pd.DataFrame(
        {"arm": measured[arms.column], "change": change, "response": best[has_both], "new": new},
    )
    grown = best_response(measured[lesion.before], measured[lesion.after], np.zeros(len(new), bool), choice) == "PD"
    for arm in arms:
        mine = patients["arm"] == arm.id
        results.add("shrunk", group=arm.id, value=(mine & (change < 0)).sum(), unit="patients")
        results.add("new_lesion_only", group=arm.id, value=(mine & new & ~grown).sum(), unit="patients")

# %% tags=["remove-input"]
if section.private and lesions:
    section.warn(sentences.WITHHELD)

# %% tags=["hide-input"]
if choice and not section.private:
    section.figure(
        lambda: figures.waterfall(arms, response, patients, choice),
        "figure-s3",
        f"Change of the {words.lower_first(lesion.label)} in each patient, coloured by best response. "
        f"{sentences.waterfall(arms, response, results)}",
        f"Waterfall plot of change in diameter by arm. {sentences.waterfall(arms, response, results)}",
    )

# %% [markdown] tags=["response"]
# ## Best response by arm
#
# All classes are compared at once with Fisher's exact test for tables of any size, and with Pearson's χ².
# Both ignore that the classes are ordered; the linear-by-linear test uses the order.

# %%
counted = response.counted if response and not subset else None
groups = {"best_response": table.index, "count": table.index} if response else {}
if counted:
    groups["count"] = table.index[table[counted.column] == counted.yes]
for name, who in groups.items():
    arm_of = table.loc[who, arms.column]
    counts = [[((arm_of == arm.id) & (best[who] == level)).sum() for level in response.levels] for arm in arms]
    for arm, row in zip(arms, counts, strict=True):
        for level, count in zip(response.levels, row, strict=True):
            results.add(name, group=arm.id, term=level, value=count, unit="count")
    term = "counted" if name == "count" else name
    results.test("test", fisher(counts), term=term)
    results.test("chi2", pearson(counts), term=term)
    results.test("trend", linear_by_linear(counts), term=term)

# %% tags=["hide-input"]
if response:
    printed = beside(section.published(), "response", "Table 2")
    section.table(
        tables.categories(arms, response, results, printed),
        "table-2",
        f"Best response by arm. {sentences.category_test(results, alpha)}",
        notes=tables.category_tests(response, results, printed),
    )

# %% tags=["remove-input"]
if response:
    section.say(best_response=sentences.categories(arms, response, results, alpha))

# %% [markdown] tags=["response"]
# ## Objective response and disease control
#
# Each rate is a proportion of all patients of an arm with its exact interval {cite}`clopper1934fiducial`.
# The difference has the score interval of Newcombe {cite}`newcombe1998interval`; both exact tests, the conditional of Fisher and the unconditional of Boschloo, are shown.

# %%
for name, levels in rates.items():
    pairs = [(best[table[arms.column] == arm.id].isin(levels).sum(), len(cohort.of(arm))) for arm in arms]
    for arm, (yes, total) in zip(arms, pairs, strict=True):
        share = proportion(yes, total, conf_level=1 - alpha)
        results.estimate(name, share, group=arm.id, unit="proportion")
    difference = risk_difference(*pairs[0], *pairs[1], conf_level=1 - alpha)
    results.estimate(f"{name}_difference", difference, unit="risk difference")
    square = [[yes, total - yes] for yes, total in pairs]
    results.test("test", fisher(square), term=name)
    results.test("chi2", pearson(square), term=name)
    results.test("boschloo", boschloo(*pairs[0], *pairs[1]), term=name)

# %%
for arm in arms if counted else ():
    mine = best[groups["count"]][table.loc[groups["count"], arms.column] == arm.id]
    share = proportion(mine.isin(response.controlled).sum(), len(mine), conf_level=1 - alpha)
    results.estimate("dcr_counted", share, group=arm.id, unit="proportion")

# %% tags=["hide-input"]
if response:
    printed = beside(section.published(), "response", "Table 3")
    section.table(
        tables.rates(arms, results, printed, alpha),
        "table-3",
        f"Objective response and disease control. {sentences.rates(arms, results)}",
        notes=(
            "Intervals: Clopper–Pearson for a proportion, Newcombe for a difference; all patients are counted.",
            *signs(printed),
        ),
    )

# %% tags=["remove-input"]
if response:
    section.say(**{name: sentences.rate(name, arms, response, results, alpha) for name in rates})
if counted:
    section.say(counted=sentences.counted(arms, response, results, alpha))

# %% tags=["remove-input"]
if response and printed:
    section.say(
        printed_rates=sentences.printed_rates(arms, results, printed),
        printed_tests=" ".join(
            sentences.printed_tests(results, beside(section.published(), "response", place))
            for place in ("Table 2", "Table 3")
        ),
    )

# %% [markdown] tags=["classified"]
# ## Does it depend on the criteria?
#
# The same diameters classified by each set of criteria in turn.

# %% tags=["classified"]
for rules in CRITERIA.values() if choice else ():
    found = classify(rules)
    for name, levels in rates.items():
        pairs = [(found[table[arms.column] == arm.id].isin(levels).sum(), len(cohort.of(arm))) for arm in arms]
        for arm, (yes, total) in zip(arms, pairs, strict=True):
            share = proportion(yes, total, conf_level=1 - alpha)
            results.estimate(f"{name}_by_criteria", share, group=arm.id, term=rules.name, unit="proportion")
        difference = risk_difference(*pairs[0], *pairs[1], conf_level=1 - alpha)
        results.estimate(f"{name}_difference_by_criteria", difference, term=rules.name, unit="risk difference")
        test = fisher([[yes, total - yes] for yes, total in pairs])
        results.test(f"{name}_test_by_criteria", test, term=rules.name)

# %% tags=["classified", "hide-input"]
if choice:
    section.table(
        tables.criteria(arms, list(CRITERIA.values()), results, alpha),
        "table-s6",
        f"Response under three sets of criteria. {sentences.criteria(arms, list(CRITERIA.values()), results)}",
    )

# %% tags=["classified", "remove-input"]
if choice:
    section.say(criteria=sentences.criteria(arms, list(CRITERIA.values()), results))

# %% [markdown] tags=["diameters"]
# ## Diameters before and after treatment
#
# Two questions are kept apart: did diameters change within an arm (paired test), and did the arms differ (unpaired test)?
# Each is a t test if the values, or the differences of pairs, pass for normal, otherwise a rank test.

# %% tags=["diameters"]
sizes = {
    (lesion.id, time, arm.id): values.dropna()
    for lesion in lesions.values()
    for arm in arms
    for before, after in [(cohort.of(arm)[lesion.before], cohort.of(arm)[lesion.after])]
    for time, values in {"before": before, "after": after, "change": after - before}.items()
}
shown = [lesion for lesion in lesions.values() if all(len(sizes[lesion.id, "change", arm.id]) >= 2 for arm in arms)]

# %% tags=["diameters"]
for lesion, time in product(shown, ("before", "after", "change")):
    where = {"term": f"{lesion.id}:{time}"}
    first, second = (sizes[lesion.id, time, arm.id] for arm in arms)
    found = compare_groups(first, second, alpha=alpha)
    results.test("diameter_test", found.test, **where)
    difference = t_test(first, second, equal_variances=False, conf_level=1 - alpha).effect
    results.estimate("diameter_difference", difference, unit=lesion.unit, **where)
    for arm, values in zip(arms, (first, second), strict=True):
        numbers, mine = summarise(values), {"group": arm.id, "unit": lesion.unit, **where}
        mean = paired_t(np.zeros(len(values)), values, conf_level=1 - alpha).effect
        results.add("diameter_mean", value=mean.value, low=mean.low, high=mean.high, **mine)
        results.add("diameter_sd", value=numbers.sd, **mine)
        if not found.normal:
            ends = {"low": numbers.lower_quartile, "high": numbers.upper_quartile}
            results.add("diameter_median", value=numbers.median, method="quartiles", **ends, **mine)

# %% tags=["diameters"]
for lesion in shown:
    for arm in arms:
        before, after = cohort.of(arm)[lesion.before], cohort.of(arm)[lesion.after]
        where = {"group": arm.id, "term": lesion.id}
        results.test("diameter_paired", compare_pairs(before, after, alpha=alpha), **where)
        change = paired_t(before, after, conf_level=1 - alpha).effect
        results.estimate("diameter_change", change, unit=lesion.unit, **where)

# %% [markdown] tags=["diameters"]
# Thick lines are means with their intervals.
# Thin lines are patients. <!-- drawn -->
# A P value above one arm is that of its change, a P value on a bracket compares the arms.

# %% tags=["diameters", "hide-input"]
if shown:
    findings = " ".join(sentences.diameter(arms, lesion, results, alpha) for lesion in shown)
    section.figure(
        lambda: figures.diameters(
            arms, shown, {arm.id: cohort.of(arm) for arm in arms}, results, lines=not section.private
        ),
        "figure-4",
        f"Maximum diameters before and after treatment. {findings}",
        f"Diameters before and after treatment, by arm. {findings}",
    )

# %% tags=["diameters", "hide-input"]
if shown:
    section.table(
        tables.diameters(arms, shown, results, alpha),
        "table-s7",
        "Maximum diameters before and after treatment, by arm.",
        notes=("SD: standard deviation; IQR: interquartile range. Differences of means have Welch's intervals.",),
    )

# %% tags=["diameters", "remove-input"]
if shown:
    section.say(**{f"diameter_{lesion.id}": sentences.diameter(arms, lesion, results, alpha) for lesion in shown})

# %% tags=["remove-input"]
section.save(study=study, seed=seed, alpha=alpha, subset=subset, criteria=criteria)
