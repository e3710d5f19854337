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
# # Cox regression
#
# Which characteristics of patients go with longer or shorter survival, and does the difference between the regimens remain when these are taken into account?
# The article answers with a multivariable Cox model, its Table 7. <!-- article -->
# This section fits a multivariable Cox model, puts the univariable estimates beside it, and checks what such a model takes for granted.

# %% tags=["parameters"]
from typing import Literal

study: str = "data/study.yml"  # study file
seed: int = 20250830  # seed of the imputation; nothing else here is random [seed >= 0]
alpha: float = 0.05  # two-sided significance level; intervals have level 1 - alpha [0 < alpha < 0.5]
endpoint: str | None = None  # id of the endpoint; None: that of the study's model
terms: list[str] = []  # ids of covariates, arm for the treatment; empty: the terms of the study's model
selection: Literal["all", "univariable", "backward"] = "all"  # which terms enter the multivariable model
threshold: float = 0.05  # univariable P value below which a term enters under that rule [0 < threshold < 1]
missing: Literal["complete", "impute"] = "complete"  # patients with a missing covariate: left out, or imputed
imputations: int = 20  # imputed data sets, if missing is impute [2 <= imputations <= 1000]
subset: list[str] = []  # only patients who meet these rules, such as "age >= 30" or "sex = male"; exploratory

# %% tags=["hide-input"]
import pandas as pd
from lifelines import CoxPHFitter

from living_article.disclosure.complete_cases import counts_of_all
from living_article.errors import InputError
from living_article.analysis.imputed import imputed_frames, pooled_cox
from living_article.analysis.model_frame import chosen_model, model_frame
from living_article.section import open_section
from living_article.statistics import cox, cox_checks, zph
from living_article.statistics.concordance import concordance
from living_article.statistics.estimable import estimable
from living_article.statistics.information import events_needed, narrowest_ratio
from living_article.statistics.selection import select_terms

# %% tags=["hide-input"]
from living_article.display import terms as labels
from living_article.display import words
from living_article.display.figures import cox as figures
from living_article.display.sentences import cox as sentences
from living_article.display.tables import cox as tables

section = open_section("cox", study, subset)
cohort, arms, results = section.cohort, section.study.arms, section.results
chosen, names = chosen_model(section.study, endpoint, terms)
covariates = labels.covariates(section.study, names)
rows = labels.rows(covariates)
contrasts = labels.rows(covariates, references=False)
printed = labels.printed(section.published(), "cox", "hr_multivariable", chosen.id)

# %% [markdown]
# ## Patients, events and coding
#
# A categorical covariate enters as one 0/1 column for each level but the reference, a numeric one as it is, so that its hazard ratio is for one unit more.
# By default, patients with a missing covariate are left out of every model of this section, so that all are fitted to the same patients; the parameter `missing` can have their values imputed instead.

# %%
data = model_frame(cohort, chosen, names)
results.part_of(counts_of_all(cohort, chosen, names))
counts = cox_checks.level_counts(data.design, data.event).set_index(["term", "level"])
results.add("patients", endpoint=chosen.id, value=len(data.frame), unit="patients")
results.add("left_out", endpoint=chosen.id, value=data.dropped, unit="patients")
results.add("events", endpoint=chosen.id, value=data.event.sum(), unit="events")
for row in rows:
    level = counts.loc[(row.covariate.id, row.level)] if row.level else None
    where = {"endpoint": chosen.id, "term": row.level_term}
    results.add("level_patients", value=level.n if row.level else len(data.frame), unit="patients", **where)
    results.add("level_events", value=level.events if row.level else data.event.sum(), unit="events", **where)

# %% [markdown]
# A level without patients, or one in which the likelihood keeps rising as the hazard ratio goes to zero or infinity (*separation*), has no estimate.
# Such terms are found before fitting, left out and named.

# %%
usable = estimable(data.design, data.time, data.event)

# %% tags=["remove-input"]
drawn = imputations if missing == "impute" else None
section.say(patients=sentences.patients(chosen, results, drawn))
section.remark = sentences.remark(chosen, results, drawn)
section.warn(*sentences.without_events(rows, chosen, results), *sentences.not_estimable(rows, usable.reasons))

# %% [markdown]
# ## Univariable and multivariable models
#
# Each term is first fitted alone.
# The models maximise Cox's partial likelihood {cite}`cox1972regression` with Efron's method for ties {cite}`efron1977efficiency`; intervals and P values are Wald's.

# %%
univariable = {}
for term in data.design.terms:
    alone = estimable(data.design.subset([term.name]), data.time, data.event).design.matrix
    if alone.empty:
        continue
    frame = alone.assign(**{chosen.time: data.time, chosen.event: data.event})
    fitted = CoxPHFitter(alpha=alpha).fit(frame, chosen.time, chosen.event, fit_options=cox.FIT_OPTIONS)
    univariable[term.name] = cox.from_lifelines(fitted, frame)

# %% [markdown]
# Then the terms enter one model together.
# The article says that covariates were screened by their univariable P values, which it does not print. <!-- article -->
# By default all terms of the model enter here.
# Screening by P value favours chance findings and makes the intervals of the survivors too narrow {cite}`steyerberg2019clinical`; it and backward elimination by Akaike's criterion can be chosen as parameters.

# %%
rules = {"all": "all", "univariable": "univariable_p", "backward": "backward_aic"}
selected = select_terms(usable.design, data.time, data.event, rules[selection], p_limit=threshold)
if not selected.terms:
    raise InputError("no term enters the multivariable model", remedy="raise threshold or set selection to all")
together = usable.design.subset(selected.terms)
frame = together.matrix.assign(**{chosen.time: data.time, chosen.event: data.event})
multivariable = CoxPHFitter(alpha=alpha)
multivariable.fit(frame, chosen.time, chosen.event, fit_options=cox.FIT_OPTIONS)
model = cox.from_lifelines(multivariable, frame)

# %%
left_out = dict.fromkeys(data.design.matrix.columns, f"not selected ({selection})") | usable.reasons
estimates = {"hr_multivariable": [model], "hr_univariable": univariable.values()}
tables_of = {
    name: [cox.coefficient_table(fit, conf_level=1 - alpha) for fit in fits] for name, fits in estimates.items()
}
wald = {term: cox.wald_test(model, columns) for term, columns in together.columns.items()}
wald_alone = {term: cox.wald_test(alone, alone.columns) for term, alone in univariable.items()}
method = "Cox, Efron ties, Wald"

# %% [markdown]
# If missing values are imputed {cite}`vanbuuren2018flexible`, the same models are fitted to each completed data set and their estimates are pooled by Rubin's rules {cite}`rubin1987multiple`.
# The values are drawn by chained equations from the other terms, the event and the cumulative hazard {cite}`white2009imputing`.

# %%
if missing == "impute":
    frames = imputed_frames(cohort, chosen, list(usable.design.columns), imputations=imputations, seed=seed)
    pooled, alone = pooled_cox(frames, together.columns), {term: pooled_cox(frames, [term]) for term in univariable}
    tables_of = {"hr_multivariable": [pooled.table(1 - alpha)]}
    tables_of["hr_univariable"] = [fit.table(1 - alpha) for fit in alone.values()]
    wald = {term: pooled.wald_test(columns) for term, columns in together.columns.items()}
    wald_alone = {term: fit.wald_test(fit.columns) for term, fit in alone.items()}
    method = f"Cox, Efron ties, {imputations} imputations pooled by Rubin's rules"

# %%
for name, parts in tables_of.items():
    table = pd.concat(parts).set_index("term")
    for row in contrasts:
        where = {"endpoint": chosen.id, "term": row.term, "unit": "hazard ratio", "method": method}
        if row.column in table.index:
            hr = table.loc[row.column]
            results.add(name, value=hr.hr, low=hr.low, high=hr.high, p=hr.p, **where)
        else:
            results.add(name, note=left_out[row.column], **where)

# %%
agreement = concordance(cox.linear_predictor(model), model.time, model.event, conf_level=1 - alpha)
results.estimate("cindex", agreement.estimate, endpoint=chosen.id, unit="c-index")
results.add("coefficients", endpoint=chosen.id, value=len(model.coef), unit="count")
results.add("aic", endpoint=chosen.id, value=model.aic, unit="aic")
tests = cox.global_tests(model)
for name, test in {"lr": tests["likelihood_ratio"], "wald": tests["wald"], "score": tests["score"]}.items():
    results.test(f"global_{name}", test, endpoint=chosen.id)
for name, each in {"wald_univariable": wald_alone, "wald": wald}.items():
    for term, test in each.items():
        results.test(name, test, endpoint=chosen.id, term=term)

# %% [markdown]
# Look for the terms whose adjusted interval leaves out one, and for hazard ratios that change much between the two models: there the covariates share information.

# %% tags=["hide-input"]
section.table(
    tables.models(rows, chosen, results, alpha, printed),
    "table-7",
    f"Cox models of {words.lower_first(chosen.label)}. {sentences.treatment(arms, chosen, results, alpha, drawn)}",
    notes=sentences.table_notes(chosen, results, alpha, contrasts, printed),
)

# %% tags=["remove-input"]
section.say(
    treatment=sentences.treatment(arms, chosen, results, alpha, drawn),
    independent=sentences.independent(covariates, chosen, results, alpha),
    univariable=sentences.univariable(covariates, chosen, results, alpha),
)

# %% tags=["remove-input"]
section.say(model=sentences.model(chosen, results, alpha, drawn))

# %% [markdown]
# The same hazard ratios on a log axis, on which an interval is as long to the left of its estimate as to the right.
# Where the article prints a hazard ratio, it stands below the one computed here. <!-- article -->

# %% tags=["hide-input"]
section.figure(
    lambda: figures.forest(contrasts, chosen, results, printed, alpha=alpha),
    "figure-s5",
    f"Adjusted hazard ratios of {chosen.event_label}. {sentences.independent(covariates, chosen, results, alpha)}",
    f"Forest plot of adjusted hazard ratios. {sentences.forest_alt(contrasts, chosen, results, alpha)}",
)

# %% [markdown]
# ## Are hazards proportional?
#
# A Cox model gives each term one hazard ratio for the whole follow-up.
# The score test {cite}`grambsch1994proportional` asks of each term, and of all together, whether its coefficient changes with time; a small P value speaks for a change.

# %%
check = zph.zph(model, together.columns)
for term in check.table["term"]:
    test, where = check.test(term), {"endpoint": chosen.id, "term": term}
    results.test("zph", test, **where)
    results.add("zph_df", value=test.df, unit="count", **where)

# %% tags=["hide-input"]
entered = [covariate for covariate in covariates if covariate.id in together.columns]
section.table(
    tables.proportional_hazards(entered, chosen, results),
    "table-s9",
    f"Tests of proportional hazards. {sentences.proportional_hazards(entered, chosen, results, alpha)}",
    notes=("Score tests against the Kaplan–Meier transform of time.",),
)

# %% [markdown]
# The line below is a smooth through one point for each event, with its confidence band.
# Of a term with several levels, the multiplier of its fitted effect is drawn.
# Under proportional hazards the line is level; with so few events it may swing at the ends without meaning anything.

# %% tags=["hide-input"]
section.figure(
    lambda: figures.schoenfeld(check, entered, chosen, results, points=not section.private),
    "figure-s6",
    f"Scaled Schoenfeld residuals. {sentences.proportional_hazards(entered, chosen, results, alpha)} "
    f"Dashed: the coefficient of the model.{sentences.points(section.private)}",
    f"One panel for each term. {sentences.proportional_hazards(entered, chosen, results, alpha)}",
)

# %% tags=["remove-input"]
section.say(proportional_hazards=sentences.proportional_hazards(entered, chosen, results, alpha))

# %% [markdown]
# ## How narrow can an interval be?
#
# At each event, a 0/1 covariate can tell at most a quarter of a unit of information on its coefficient, and adjustment can only take from that.
# So the standard error of a log hazard ratio is at least two divided by the square root of the number of events, and no more patients can have had the event than there are patients.

# %%
patients, level = len(data.frame), labels.printed_level(section.published(), printed)
for row in contrasts:
    where = {"endpoint": chosen.id, "term": row.term, "unit": "ratio"}
    hr = results.one("hr_multivariable", endpoint=chosen.id, term=row.term)
    if hr.value is not None:
        results.add("interval_ratio", value=hr.high / hr.low, **where)
    if row.level is not None:
        results.add("narrowest_ratio", value=narrowest_ratio(patients, 1 - alpha), **where)
    if limits := labels.widest(printed.get(row.term)):
        results.add("printed_ratio", value=limits[1] / limits[0], **where)
        if row.level is not None:
            needed = events_needed(*limits, level)
            results.add("printed_events_needed", value=needed, **(where | {"unit": "events"}))

# %% tags=["remove-input"]
if printed:
    section.say(
        agreement=sentences.agreement(contrasts, chosen, results, printed, alpha),
        printed_intervals=sentences.printed_intervals(contrasts, chosen, results),
    )

# %% [markdown]
# ## Is the model too large for the data?
#
# A model with many coefficients for few events finds patterns that are not there; ten events for each coefficient is an old rule of thumb {cite}`peduzzi1995importance`.
# A variance inflation factor says how much larger the variance of a coefficient is because its covariate can be predicted from the others.

# %%
results.estimate(
    "events_per_variable",
    cox_checks.events_per_variable(data.event, len(model.coef)),
    endpoint=chosen.id,
    unit="events per coefficient",
)
inflation = cox_checks.variance_inflation(model).set_index("column")["vif"]
for row in contrasts:
    if row.column in inflation.index:
        results.add("vif", endpoint=chosen.id, term=row.term, value=inflation[row.column], unit="ratio")

# %% tags=["hide-input"]
section.table(
    tables.checks(contrasts, chosen, results, printed=bool(printed)),
    "table-s10",
    f"Collinearity and width of intervals. {sentences.events_per_variable(chosen, results)}",
    notes=sentences.checks_notes(results.one("patients"), alpha, bool(printed)),
)

# %% tags=["remove-input"]
section.say(
    events_per_variable=sentences.events_per_variable(chosen, results),
    collinearity=sentences.collinearity(contrasts, chosen, results),
)
section.warn(*sentences.few_events(chosen, results))

# %% tags=["remove-input"]
section.save(
    study=study, seed=seed, alpha=alpha, subset=subset, endpoint=chosen.id, terms=names, selection=selection, threshold=threshold,
    missing=missing, imputations=imputations,
)  # fmt: skip
