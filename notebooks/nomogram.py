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
# # Nomogram
#
# A nomogram turns a regression model into a drawing from which a prediction can be read with a ruler.
# The article draws one from its Cox model (its Figure 5A) and prints points for each variable (its Table 8). <!-- article -->
# This section derives the points from the fitted model, draws the nomogram and goes through one example.

# %% tags=["parameters"]
study: str = "data/study.yml"  # study file
seed: int = 20250830  # seed of random numbers; this section draws none [seed >= 0]
alpha: float = 0.05  # two-sided significance level; intervals have level 1 - alpha [0 < alpha < 0.5]
terms: list[str] = []  # ids of covariates, arm for the treatment; empty: the terms of the study's model
horizons: list[float] = []  # times of the predictions; empty: the study's horizons [horizons > 0]

# %% tags=["hide-input"]
from lifelines import CoxPHFitter

from living_article.disclosure.complete_cases import counts_of_all
from living_article.analysis.model_frame import chosen_model, model_frame
from living_article.analysis.prediction_model import prediction_model
from living_article.section import open_section
from living_article.statistics import cox, cox_checks
from living_article.statistics import nomogram as points
from living_article.statistics.design import design
from living_article.statistics.disclosure import coarse_design, coarse_time, far_apart
from living_article.statistics.estimable import estimable
from living_article.statistics.kaplan_meier import step_curve
from living_article.statistics.typical import typical

# %% tags=["hide-input"]
from living_article.display import terms as labels, words
from living_article.display.figures import nomogram as figures
from living_article.display.printed_points import printed_points
from living_article.display.sentences import cox as cox_sentences
from living_article.display.sentences import nomogram as sentences
from living_article.display.tables import nomogram as tables

section = open_section("nomogram", study)
cohort, results = section.cohort, section.results
endpoint, names = chosen_model(section.study, None, terms)
horizons = horizons or list(section.study.horizons)
caution = sentences.caution(cohort.provenance)

# %% [markdown]
# ## The model behind the nomogram
#
# The model is the multivariable Cox model of {doc}`/notebooks/cox` with all its terms, fitted here once more.
# A term without an estimate would have no axis; if there is one, it is named below.

# %%
data = model_frame(cohort, endpoint, names)
results.part_of(counts_of_all(cohort, endpoint, names))
asked, horizons = horizons, far_apart(step_curve(data.time, data.event), horizons, section.fewest)
section.warn(*cox_sentences.too_close(sorted(set(asked) - set(horizons)), endpoint))
results.add("patients", endpoint=endpoint.id, value=len(data.frame), unit="patients")
results.add("left_out", endpoint=endpoint.id, value=data.dropped, unit="patients")
section.remark = cox_sentences.remark(endpoint, results)
usable = estimable(data.design, data.time, data.event)
frame = usable.design.matrix.assign(**{endpoint.time: data.time, endpoint.event: data.event})
fitted = CoxPHFitter(alpha=alpha)
fitted.fit(frame, endpoint.time, endpoint.event, fit_options=cox.FIT_OPTIONS)
model = cox.from_lifelines(fitted, frame)

# %% tags=["remove-input"]
covariates = labels.covariates(section.study, usable.design.columns)
contrasts = labels.rows(labels.covariates(section.study, names), references=False)
section.warn(*cox_sentences.not_estimable(contrasts, usable.reasons))
if results.one("patients").value is not None:
    section.warn(*cox_checks.events_per_variable(data.event, len(model.coef)).warnings)

# %% [markdown]
# ## Points
#
# Points are log hazard ratios in other units.
# The term whose contribution spans the widest range over its observed values gets 0 to 100 points, every other term points on the same scale, and the value with the lowest hazard 0 points.
# So the points of two terms compare how much each moves the prediction.

# %%
nomogram = points.nomogram(model, coarse_design(usable.design, section.fewest))
results.add("points_per_log_hr", endpoint=endpoint.id, value=nomogram.scale, unit="points")
for axis in points.ranges(nomogram).itertuples():
    where = {"endpoint": endpoint.id, "term": axis.term, "unit": "points"}
    results.add("points_range", value=axis.high - axis.low, low=axis.low, high=axis.high, **where)
    values = nomogram.design.matrix.get(axis.term)
    if values is not None:
        results.add("points", value=axis.per_unit, **where)
        where["unit"] = section.study.term(axis.term).unit
        results.add("observed_range", value=values.max() - values.min(), low=values.min(), high=values.max(), **where)
for level in nomogram.axes.dropna(subset="level").itertuples():
    results.add("points", endpoint=endpoint.id, term=f"{level.term}:{level.level}", value=level.points, unit="points")

# %% [markdown] tags=["article"]
# The article prints points as well.
# If they came from a Cox model, each would be the same multiple of the log hazard ratio, so the quotient of the two is computed from what is printed.

# %%
printed = printed_points(section.published(), endpoint.id)
for row in contrasts:
    quotient = printed.per_log_ratio(row)
    if quotient is not None:
        where = {"endpoint": endpoint.id, "term": row.term}
        results.add("printed_points_per_log_hr", value=quotient, unit="points", **where)

# %% tags=["hide-input"]
rows = [row for row in labels.rows(covariates) if results.select("points", term=row.level_term)]
section.table(
    tables.points(rows, endpoint, results, printed),
    "table-8",
    f"Points of the nomogram. {sentences.span(covariates, endpoint, results)}",
    notes=sentences.table_notes(endpoint, results, bool(printed), caution),
)

# %% tags=["remove-input"]
section.say(span=sentences.span(covariates, endpoint, results))
if printed:
    section.say(printed=sentences.printed(contrasts, endpoint, results))
if said := sentences.printed_ranges(rows, endpoint, results, printed.ranges):
    section.say(printed_ranges=said)

# %% [markdown]
# ## A patient with typical values
#
# The example is made up: the median of each numeric covariate and the most common level of each other one, changed by a step if a patient of the table happens to have just these.
# Intervals hold the uncertainty of the coefficients and of the baseline hazard {cite}`therneau2000modeling`.

# %%
terms_used = usable.design.terms
observed = cohort.table.loc[data.frame.index, [c.column for c in covariates]]
observed = observed.set_axis([c.id for c in covariates], axis=1)
made_up = typical(observed, terms_used, digits=2 if section.private else 0)
example = design(made_up.row, terms_used).matrix
given = points.points(nomogram, example).iloc[0]
predicted = cox.predict_survival(model, example, horizons, conf_level=1 - alpha)

# %%
where = {"endpoint": endpoint.id}
middle = cox.median_survival(model, example).iloc[0]
half = coarse_time(middle["median"], model.time.max(), section.fewest)
results.add("median_prediction", value=half, unit=endpoint.unit, note=middle.reason, **where)
results.add("total_points", value=given["total"], unit="points", **where)
results.add("linear_predictor", value=cox.linear_predictor(model, example)[0], unit="coefficient", **where)
for covariate in covariates:
    results.add("example_points", term=covariate.id, value=given[covariate.id], unit="points", **where)
for at in predicted.itertuples():
    results.add(
        "survival_prediction", horizon=at.time, value=at.survival, low=at.low, high=at.high,
        unit="proportion", method="Cox model, log interval", note=at.reason, **where,
    )  # fmt: skip

# %% [markdown]
# To use the nomogram, read the points of each value off the axis at the top, add them up, and go down from the total to the predictions.
# The total points and the predictions are drawn only over totals that occur among these patients.

# %% tags=["hide-input"]
shown = [time for time in horizons if model.time[model.event].min() <= time <= model.time.max()]
section.figure(
    lambda: figures.draw(nomogram, covariates, endpoint, shown, example),
    "figure-5a",
    f"Nomogram of {words.lower_first(endpoint.label)}. {sentences.span(covariates, endpoint, results)} {caution}"
    f"{sentences.ends(section.private)}",
    f"{sentences.figure_alt(covariates, endpoint, shown, results)} {caution}",
)

# %% tags=["hide-input"]
values = made_up.row.iloc[0].to_dict()
section.table(
    tables.example(covariates, values, endpoint, horizons, results, alpha),
    "table-s11",
    f"Worked example: a synthetic patient with typical values. {sentences.synthetic(made_up.shared)}",
    notes=(caution,),
)

# %% tags=["remove-input"]
section.say(
    example=sentences.example(endpoint, horizons, results, alpha),
    synthetic=sentences.synthetic(made_up.shared),
    caution=caution,
)

# %% [markdown]
# ## Without a ruler
#
# The {doc}`calculator </book/calculator>` opens with this patient, and takes any other whose values the data cover.
# It computes with the numbers that are kept here: points, coefficients with their covariance, and the baseline hazard.

# %%
section.keep(prediction_model(nomogram, endpoint.id, horizons, values, conf_level=1 - alpha, fewest=section.fewest))

# %% tags=["remove-input"]
section.save(study=study, seed=seed, alpha=alpha, terms=names, horizons=horizons)
