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
# # Sensitivity
#
# Would other reasonable analyses of the same patients have told the same story?
# A Cox model asks for choices on which careful analysts differ: which covariates to adjust for, how to code them, which patients to take, what to do about ties.
# The article reports one combination. <!-- article -->
# This section runs every combination of a list of options and shows how far the hazard ratio of the treatment moves {cite}`steegen2016multiverse,simonsohn2020specification`.

# %% tags=["parameters"]
study: str = "data/study.yml"  # study file
seed: int = 20250830  # seed of random numbers; this section draws none [seed >= 0]
alpha: float = 0.05  # two-sided significance level; intervals have level 1 - alpha [0 < alpha < 0.5]
endpoints: list[str] = []  # ids of the endpoints to analyse; empty: all in the study file
ties: list[str] = ["Efron", "Breslow"]  # methods for ties, the default first [ties in ("Efron", "Breslow")]

# %% tags=["hide-input"]
from lifelines import CoxPHFitter

from living_article.display import format, words
from living_article.display.figures.specification_curve import Curve, specification_curve
from living_article.display.sentences import sensitivity as sentences
from living_article.display.tables import sensitivity as tables
from living_article.section import open_section
from living_article.analysis.specification_records import add_analyses, add_summary, analysis_table
from living_article.analysis.effects import effects
from living_article.analysis.specifications import offered, specifications
from living_article.analysis.specified_rows import apart, rows
from living_article.statistics import cox
from living_article.study.sensitivity import choices

section = open_section("sensitivity", study)
cohort, arms, results = section.cohort, section.study.arms, section.results
chosen = section.endpoints(endpoints)

# %% [markdown]
# ## The choices
#
# The study file lists the options of every choice. <!-- listed -->
# The study file lists no choices of its own, so the options follow from its model: all its covariates, none, or all but one, and other ways of coding them. <!-- no listed -->
# The first option of each choice makes up the default analysis.
# A way of coding a covariate is varied only where that covariate is adjusted for, so that no analysis is counted twice.
# Leaving out patients who were lost to follow-up is common, but it selects by outcome: those who remain have more events. <!-- listed -->

# %%
plan, alike = apart(choices(section.study), cohort)
section.warn(*sentences.too_alike(alike))
options = offered(plan, ties)
analyses = specifications(plan, chosen, ties)

# %% [markdown]
# ## The default analysis
#
# Before many models are fitted by a fast routine, the first is fitted here in plain sight.

# %%
for endpoint in chosen:
    default = next(analysis for analysis in analyses if analysis.endpoint is endpoint)
    data = rows(cohort, default)
    frame = data.design.matrix.assign(**{endpoint.time: data.time, endpoint.event: data.event})
    fitted = CoxPHFitter(alpha=alpha).fit(frame, endpoint.time, endpoint.event, fit_options=cox.FIT_OPTIONS)
    treatment = cox.coefficient_table(cox.from_lifelines(fitted, frame), conf_level=1 - alpha).iloc[0]
    results.add(
        "default", endpoint=endpoint.id, value=treatment.hr, low=treatment.low, high=treatment.high, p=treatment.p,
        unit="hazard ratio", method="Cox, Efron ties, Wald",
    )  # fmt: skip

# %% [markdown]
# ## All analyses
#
# Each combination of options is one Cox model; only the hazard ratio of the treatment is kept, with its Wald interval and P value.
# A covariate that cannot be estimated in some group of patients, because all of them share one level for example, is left out of that model.

# %%
table = analysis_table(analyses, effects(cohort, analyses, alpha))
add_analyses(results, table, options)
for endpoint in chosen:
    add_summary(results, table, options, endpoint, alpha)

# %% [markdown]
# Look first at whether the curve crosses one, then at where the default analysis lies on it, and last at which marks below the curve gather at one end: those options move the result.

# %% tags=["hide-input"]
curves = [Curve(endpoint.label, table[table["endpoint"] == endpoint.id]) for endpoint in chosen]
label = f"Hazard ratio of treatment, {format.level(alpha)} CI"
section.figure(
    lambda: specification_curve(curves, options, label=label, null=1.0, log=True, alpha=alpha),
    "figure-s9",
    f"The hazard ratio of {words.lower_first(arms.treated.label)} under every combination of choices. "
    f"{sentences.sides(chosen, results, alpha)}{sentences.exploratory(plan.patients)}",
    sentences.curve_alt(arms, chosen, results, alpha),
)

# %% tags=["remove-input"]
section.say(summary=sentences.summary(arms, chosen, results, alpha))
section.warn(*sentences.not_estimable(chosen, results))

# %% tags=["remove-input"]
section.say(distinct=sentences.distinct(chosen, results))

# %% [markdown]
# These analyses share the same patients, so they are no independent confirmations of one another, and the count of significant ones is a description, not a test.
# Nor are all of them equally good: an unadjusted model is listed because readers meet it, not because it is recommended.

# %% [markdown]
# ## What matters most
#
# The variance of the log hazard ratio over all analyses is divided among the choices, each credited with what it adds on average over all orders in which the choices can be considered {cite}`gromping2007estimators`.
# What the choices do together but not singly stands in the last row.

# %% tags=["hide-input"]
section.table(
    tables.shares(options, chosen, results),
    "table-s14",
    f"How much each choice moves the hazard ratio of the treatment. {sentences.matters(options, chosen, results)}",
    notes=(
        "Shares of the variance of the log hazard ratio; not adjusting for a covariate counts as one more way of coding it.",
    ),
)

# %% [markdown]
# What each option leads to, whatever the others are:

# %% tags=["hide-input"]
section.table(
    tables.options(options, chosen, results),
    "table-s15",
    "Median and range of the hazard ratio of the treatment over the analyses that took an option.",
    notes=(f"A hazard ratio below 1 favours the first arm named.{sentences.exploratory(plan.patients)}",),
)

# %% tags=["remove-input"]
section.save(study=study, seed=seed, alpha=alpha, endpoints=endpoints, ties=ties)
