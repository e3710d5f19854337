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
# # Methods
#
# Who was studied, what was given, what was measured, and how are the numbers of this book computed?
# The first part retells the design as the article reports it; the second states what is done here, and where it departs from the article. <!-- article -->

# %% tags=["parameters"]
study: str = "data/study.yml"  # study file
seed: int = 20250830  # seed of random numbers; this section draws none [seed >= 0]
alpha: float = 0.05  # two-sided significance level; intervals have level 1 - alpha [0 < alpha < 0.5]

# %% tags=["hide-input"]
from living_article.display import emit, format
from living_article.display.figures import methods as figures
from living_article.display.sentences import methods as sentences
from living_article.display.tables import methods as tables
from living_article.section import open_section

section = open_section("methods", study)
cohort, arms, results = section.cohort, section.study.arms, section.results
design = section.design()

# %% [markdown]
# ## Where the patients come from

# %% tags=["remove-input"]
section.say(provenance=section.study.provenance.statement or section.cohort.provenance.badge + ".")

# %% tags=["remove-input"]
for part in design.parts if design else ():
    emit.paragraph(f"**{part.title}.** " + " ".join(part.text))

# %% tags=["remove-input"]
section.say(dates=sentences.dates(section.study), endpoints=sentences.endpoints(section.study))

# %% [markdown]
# ## Patient flow
#
# The study file holds the rules of inclusion, in order.
# `load_cohort` applies them, and every section of this book analyses what it returns, so the diagram below cannot disagree with the analysis.

# %%
for step, before in zip(cohort.flow, (None, *cohort.flow), strict=False):
    results.add("remaining", term=step.id, value=step.total, unit="patients")
    if before:
        results.add("left_out", term=step.id, value=before.total - step.total, unit="patients")
    for arm in arms:
        here = step.remaining[arm.id]
        results.add("remaining", group=arm.id, term=step.id, value=here, unit="patients")
        if before:
            results.add("left_out", group=arm.id, term=step.id, value=before.remaining[arm.id] - here, unit="patients")

# %% tags=["remove-input"]
section.say(flow=sentences.flow(section.study, results))

# %%
for endpoint in section.study.endpoints.values():
    for arm in arms:
        where, patients = {"endpoint": endpoint.id, "group": arm.id}, cohort.of(arm)
        results.add("patients", value=len(patients), unit="patients", **where)
        results.add("events", value=patients[endpoint.event].sum(), unit="events", **where)

# %% tags=["hide-input"]
analysed = {arm.id: sentences.analysed(cohort, arm.id, results) for arm in arms}
external = sentences.external(section.external()) if section.study.external else None
section.figure(
    lambda: figures.patient_flow(arms, cohort.flow, results, analysed, external),
    "figure-1",
    f"Patient flow. {sentences.flow(section.study, results)}",
    f"Flow diagram of patients. {sentences.flow(section.study, results)}",
)

# %% [markdown]
# ## Statistical plan
#
# **Baseline.** Continuous covariates are summarised as mean ± standard deviation or as median (interquartile range), by whether they pass for normal, and compared with the t or the Mann–Whitney test; categories with the chi-square test, or Fisher's exact test where an expected count is below five.
# Standardised differences are added, since a P value says nothing about the size of a difference.
#
# **Survival.** Survival is estimated by the Kaplan–Meier method {cite}`kaplan1958nonparametric` and compared with the log-rank test.
# Intervals of medians follow Brookmeyer and Crowley {cite}`brookmeyer1982confidence`; follow-up is the reverse Kaplan–Meier median {cite}`schemper1996followup`.
#
# **Regression.** Cox models {cite}`cox1972regression` use Efron's method for ties {cite}`efron1977efficiency`; proportional hazards are tested with the score test of Grambsch and Therneau {cite}`grambsch1994proportional`.

# %% tags=["remove-input"]
for paragraph in sentences.plan(section.study):
    emit.paragraph(paragraph)

# %% tags=["remove-input"]
section.say(
    level=f"Tests are two-sided at the {format.significance_level(alpha)} level, and intervals are "
    f"{format.level(alpha)} confidence intervals."
)

# %% [markdown]
# ## Software
#
# The statistical results of these packages are compared with those of R in the tests that come with this book.

# %% tags=["hide-input"]
section.table(tables.software(), "table-s1", "Software used to build this page.", badge="")

# %% [markdown] tags=["article"]
# ## Departures from the article
#
# Where the article leaves a choice open, or its description cannot be followed to the letter, the choice made here is listed with its reason.

# %% tags=["hide-input", "article"]
if design and design.departures:
    section.table(tables.departures(design.departures), "table-s2", "What is done differently here, and why.", badge="")

# %% tags=["remove-input"]
section.save(study=study, seed=seed, alpha=alpha)
