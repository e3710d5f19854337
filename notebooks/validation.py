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
# # Validation
#
# Would the prognostic model do as well in patients it has not seen?
# The article answers with a C-index, a calibration slope, the area under the curve, the Brier score and a range of useful thresholds, within its own patients (its Tables 9 and 10) and in an external cohort (its Table 11). <!-- article -->
# This section computes discrimination, calibration, accuracy and net benefit three times: apparent, that is in the patients the model was fitted to; corrected for optimism by the bootstrap; and in the external cohort, if the study has one.
# The differences between the three are the result.

# %% tags=["parameters"]
study: str = "data/study.yml"  # study file
seed: int = 20250830  # seed of the bootstrap [seed >= 0]
alpha: float = 0.05  # two-sided significance level; intervals have level 1 - alpha [0 < alpha < 0.5]
endpoint: str | None = None  # id of the endpoint; None: that of the study's model
terms: list[str] = []  # ids of the model's covariates, arm for the treatment; empty: the terms of the study's model
horizons: list[float] = []  # times at which predicted risks are judged; empty: the study's horizons [horizons > 0]
resamples: int = 1000  # bootstrap replicates [10 <= resamples <= 100000]
groups: int = 5  # groups of rising risk in calibration plots and tests [2 <= groups <= 10]
thresholds: list[float] = []  # thresholds of the decision curves; empty: 0.01 to 0.99 by 0.01 [0 < thresholds < 1]

# %% tags=["hide-input"]
import numpy as np
from lifelines import CoxPHFitter

from living_article.analysis.calibration_records import add_counts, add_groups
from living_article.disclosure.complete_cases import counts_of_all
from living_article.analysis.model_frame import chosen_model, model_frame
from living_article.analysis.optimism_records import add_optimism
from living_article.section import open_section
from living_article.statistics import calibration, cox, cox_checks, decision_curve, ipcw, threshold_range
from living_article.statistics.disclosure import coarse_thresholds, far_apart
from living_article.statistics.concordance import concordance
from living_article.statistics.estimable import estimable
from living_article.statistics.kaplan_meier import step_curve
from living_article.statistics.net_benefit_optimism import net_benefit_optimism
from living_article.statistics.optimism import optimism

# %% tags=["hide-input"]
from living_article.display import terms as labels
from living_article.display.figures import validation as figures
from living_article.display.sentences import cox as cox_sentences
from living_article.display.sentences import validation as sentences
from living_article.display.tables import validation as tables

section = open_section("validation", study)
results = section.results
chosen, names = chosen_model(section.study, endpoint, terms)
comparable = section.study.model is not None and chosen.id == section.study.model.endpoint
published = section.published() if comparable else None  # the article validates its own model only
horizons = sorted(horizons or section.study.horizons)
thresholds = sorted(thresholds) or [round(0.01 * i, 2) for i in range(1, 100)]
level = 1 - alpha

# %% [markdown]
# ## The model
#
# It is the multivariable Cox model of {doc}`/notebooks/cox`, all terms kept {cite}`cox1972regression`.
# The risk of a patient at a horizon is one minus the survival that the model predicts there, with Efron's baseline hazard {cite}`efron1977efficiency`.

# %%
data = model_frame(section.cohort, chosen, names)
results.part_of(counts_of_all(section.cohort, chosen, names))
asked, horizons = horizons, far_apart(step_curve(data.time, data.event), horizons, section.fewest)
section.warn(*cox_sentences.too_close(sorted(set(asked) - set(horizons)), chosen))
usable = estimable(data.design, data.time, data.event)
x = usable.design.matrix
frame = x.assign(**{chosen.time: data.time, chosen.event: data.event})
fitter = CoxPHFitter(alpha=alpha).fit(frame, chosen.time, chosen.event, fit_options=cox.FIT_OPTIONS)
model = cox.from_lifelines(fitter, frame)


# %%
def predict(x):
    """Return the linear predictor and, by horizon, the risk; kept off 0 and 1, where its logarithms are infinite."""
    lp = cox.linear_predictor(model, x)
    return lp, {time: np.clip(1 - cox.survival_at(model, lp, time), 1e-12, 1 - 1e-12) for time in horizons}


lp, risk = predict(x)

# %% tags=["remove-input"]
cohorts = {"": "Development cohort"}  # prefix of the records → label
add_counts(results, "", data, horizons)
section.remark = cox_sentences.remark(chosen, results)
section.warn(*sentences.dropped(cohorts[""], results.one("left_out")))
section.warn(*cox_sentences.not_estimable(labels.rows(labels.covariates(section.study, names)), usable.reasons))
if results.one("events", horizon=None).value is not None:
    section.warn(*cox_checks.events_per_variable(data.event, x.shape[1]).warnings)
section.say(use=sentences.use(section.cohort.provenance))

# %% [markdown]
# ## Apparent performance
#
# Discrimination is measured by Harrell's C {cite}`harrell1996multivariable` and, at each horizon, by the area under the time-dependent curve {cite}`uno2007evaluating`; accuracy by the Brier score {cite}`graf1999assessment`.
# The last two weight patients by the inverse probability of not having been censored.
# A Brier score means little without the one that the same risk for every patient would have; the scaled score is the share of it that the model saves.
# The calibration slope is the coefficient of the model's linear predictor in a new Cox model: one is ideal, and in the patients of the fit it is one by construction.


# %%
def assess(name, lp, risk, data):
    """Record discrimination, slope and accuracy of given predictions; ``name`` forms the names of records."""
    time, event, where = data.time, data.event, {"endpoint": chosen.id}
    results.estimate(name.format("cindex"), concordance(lp, time, event, level).estimate, unit="c-index", **where)
    results.estimate(name.format("slope"), calibration.slope(lp, time, event, level), unit="slope", **where)
    for horizon, predicted in risk.items():
        where["horizon"] = horizon
        results.estimate(name.format("auc"), ipcw.auc(lp, time, event, horizon), unit="auc", **where)
        results.estimate(name.format("brier"), ipcw.brier(predicted, time, event, horizon), unit="brier", **where)
        results.estimate(name.format("brier_null"), ipcw.null_brier(time, event, horizon), unit="brier", **where)
        scaled = ipcw.scaled_brier(predicted, time, event, horizon)
        results.estimate(name.format("brier_scaled"), scaled, unit="proportion", **where)


assess("{}_apparent", lp, risk, data)

# %% [markdown]
# Two numbers sum up how far predicted risks are from observed ones: the ratio of observed to predicted risk, and the mean distance between the two along a smooth calibration curve, the integrated calibration index (ICI) {cite}`austin2020graphical`.


# %%
def summarise_calibration(name, risk, data):
    """Record the ratio of observed to predicted risk and the ICI at each horizon; return the calibration curves."""
    curves = {}
    for horizon, predicted in risk.items():
        where, about = {"endpoint": chosen.id, "horizon": horizon}, (predicted, data.time, data.event, horizon)
        ratio = calibration.observed_expected(*about, level)
        results.estimate(name.format("observed_expected"), ratio, unit="ratio", **where)
        grid = calibration.default_grid(predicted, coarse=section.private)
        smooth = calibration.smooth(*about, grid=grid, conf_level=level)
        results.add(name.format("ici"), value=smooth.ici, unit="probability", note=smooth.reason, **where)
        curves[horizon] = smooth.curve
    return curves


curves = summarise_calibration("{}_apparent", risk, data)

# %% [markdown]
# ## Correction for optimism
#
# A model looks best in the patients it was fitted to.
# The bootstrap measures by how much {cite}`harrell1996multivariable,steyerberg2019clinical`: the model is fitted again to resamples of the patients, each fit is scored in its own sample and in the original patients, and the mean difference is taken off the apparent value.
# Replicates in which the model cannot be fitted are counted, not passed over.

# %%
drawn = {"replicates": resamples, "seed": seed}
boot = optimism(x, data.time, data.event, horizons=horizons, coarse=section.private, conf_level=level, **drawn)
add_optimism(results, boot, chosen, alpha)

# %% tags=["remove-input"]
section.warn(*boot.warnings)

# %% [markdown]
# The table reads from left to right: what the model scores in its own patients, what the refitted models score in their own samples and in the original patients, the difference, and what remains of the first.

# %% tags=["hide-input"]
section.table(
    tables.optimism(chosen, horizons, results),
    "table-s12",
    f"Correction of the model's performance for optimism. {sentences.optimism(results)}",
    notes=(sentences.replicates(results), "AUC and Brier score weighted by the inverse probability of censoring."),
)

# %% [markdown]
# [Table 9](#table-9) puts the apparent and the corrected value side by side.
# The article does not say which of the two it prints, so look at whether a printed value is near the one or the other. <!-- article -->

# %% tags=["hide-input"]
section.table(
    tables.verification(chosen, horizons, results, published, alpha),
    "table-9",
    f"Model verification indicators. {sentences.both_values(results)}",
    notes=(
        "ICI: mean absolute difference between predicted and observed risk.",
        sentences.INTERVALS,
        "For research use.",
    ),
)

# %% tags=["remove-input"]
section.say(discrimination=sentences.discrimination(chosen, results, alpha))

# %% [markdown]
# How far apart are the two kinds of value, and how much do they vary from resample to resample?

# %% tags=["hide-input"]
section.figure(
    lambda: figures.bootstrap(boot.replicates, results),
    "figure-s7",
    f"C-index and calibration slope over bootstrap replicates. {sentences.optimism(results)}",
    sentences.discrimination(chosen, results, alpha),
)

# %% [markdown]
# ## Calibration
#
# Of patients for whom a calibrated model predicts a risk of one half, half have the event.
# The curves regress the outcome on the predicted risk through a spline {cite}`austin2020graphical`; the points are groups of patients of rising risk with their Kaplan–Meier estimate.
# The curves assume proportional hazards, as the model itself does, and the groups do not, so that groups away from a curve near the diagonal speak against that assumption.
# For censored data the counterpart of the Hosmer–Lemeshow test is the Greenwood–Nam–D'Agostino test {cite}`demler2015tests`.


# %%
def calibrate(prefix, risk, data):
    """Record the calibration test of given predictions; return the risk groups and the warnings of the tests."""
    time, event, members, warnings = data.time, data.event, {}, []
    for horizon, predicted in risk.items():
        where = {"endpoint": chosen.id, "horizon": horizon}
        test = calibration.gnd_test(predicted, time, event, horizon, groups)
        results.test(f"{prefix}calibration_test", test, **where)
        if test.df is not None:
            results.add(f"{prefix}calibration_test_df", value=test.df, unit="count", **where)
        warnings += test.warnings
        members[horizon] = calibration.grouped(predicted, time, event, horizon, groups=groups, conf_level=level)
        add_groups(results, prefix, members[horizon], chosen, horizon)
    return members, warnings


members, doubts = calibrate("", risk, data)

# %% tags=["remove-input"]
section.warn(*sentences.group_warnings(cohorts[""], doubts))
section.say(calibration=sentences.calibration(chosen, results, alpha))
section.say(calibration_test=sentences.tests(chosen, results, alpha))
if published and (printed_test := sentences.printed_test(published)):
    section.say(printed_test=printed_test)

# %% [markdown]
# ## Decision curves
#
# Suppose a patient were treated whenever the predicted risk exceeds a threshold.
# The net benefit counts those rightly treated, less those wrongly treated at the exchange rate that the threshold implies {cite}`vickers2006decision`.
# A model is worth using at a threshold only if its net benefit exceeds both that of treating everybody and that of treating nobody; a net benefit above zero is the weaker claim.


# %%
def decide(prefix, risk, data):
    """Record the thresholds at which the model has a net benefit; return decision curves and bootstrap bands."""
    benefits, bands = {}, {}
    for horizon, predicted in risk.items():
        about = (predicted, data.time, data.event, horizon, coarse_thresholds(predicted, thresholds, section.fewest))
        benefits[horizon] = decision_curve.net_benefit(*about)
        bands[horizon] = decision_curve.net_benefit_band(*about, replicates=resamples, seed=seed, conf_level=level)
        where = {"endpoint": chosen.id, "horizon": horizon, "unit": "threshold"}
        useful = threshold_range.better_than_both(benefits[horizon])
        results.estimate(f"{prefix}net_benefit_useful", useful, **where)
        results.estimate(f"{prefix}net_benefit_positive", threshold_range.positive(benefits[horizon]), **where)
    return benefits, bands


benefits, bands = decide("", risk, data)

# %% [markdown]
# A decision curve in the patients of the fit is too good as well {cite}`vickers2008extensions`.
# It is corrected with the same resamples.

# %%
excess = net_benefit_optimism(x, data.time, data.event, boot, thresholds=thresholds).groupby("horizon")
for horizon, benefit in benefits.items():
    expected = excess.get_group(horizon).set_index("threshold")["optimism"]
    benefit["corrected"] = benefit["model"] - expected[benefit["threshold"]].to_numpy()
    corrected = benefit.assign(model=benefit["corrected"])
    where = {"endpoint": chosen.id, "horizon": horizon, "unit": "threshold"}
    results.estimate("net_benefit_useful_corrected", threshold_range.better_than_both(corrected), **where)
    results.estimate("net_benefit_positive_corrected", threshold_range.positive(corrected), **where)
    fewest = excess["used"].get_group(horizon).min()
    results.add("net_benefit_replicates", endpoint=chosen.id, horizon=horizon, value=fewest, unit="count")

# %% [markdown]
# The next figure shows both, one row for each horizon.
# On the left, look at how far the corrected curve leaves the diagonal; on the right, at where the corrected curve of the model rises above treating all and none.

# %% tags=["hide-input"]
corrected = {time: boot.curves[boot.curves["horizon"] == time] for time in horizons if len(boot.curves)}
panels = figures.panels(horizons, risk, members, curves, benefits, bands, corrected)
section.figure(
    lambda: figures.validation(panels, chosen, results, external=False, rug=not section.private),
    "figure-5b",
    f"Internal validation. {sentences.calibration(chosen, results, alpha)} "
    f"{sentences.decision(chosen, results, published)} {sentences.bands(alpha)}{sentences.rug(section.private)}",
    sentences.alt(chosen, results, published, alpha),
)

# %% tags=["remove-input"]
section.say(decision=sentences.decision(chosen, results, published))

# %% [markdown]
# [Table 10](#table-10) gathers these results.

# %% tags=["hide-input"]
section.table(
    tables.internal(chosen, horizons, results, published, alpha),
    "table-10",
    f"Internal validation metrics. {sentences.mean_cindex(results, alpha)}",
    notes=(
        f"{sentences.replicates(results)} {sentences.net_benefit_replicates(chosen, results)}",
        *sentences.horizon_note(published),
        "For research use.",
    ),
)

# %% [markdown]
# ## External validation
#
# A fair test of a model is a cohort that had no part in it: coefficients and baseline hazard stay as they are, nothing is fitted again.
# A slope below one says that the predictions are too extreme there; a ratio of observed to predicted risk away from one, that they are too high or too low throughout.

# %%
external = section.external() if section.study.external else None
if external is not None:
    needed = [chosen.time, chosen.event, *(section.study.term(name).column for name in names)]
    if lacking := [column for column in needed if column not in external.table]:
        section.warn(f"The external cohort lacks {', '.join(lacking)}; the model cannot be applied to it.")
        external = None

if external is not None:
    others = model_frame(external, chosen, names)
    lp_external, risk_external = predict(others.x)
    assess("external_{}", lp_external, risk_external, others)
    curves_external = summarise_calibration("external_{}", risk_external, others)
    members_external, doubts_external = calibrate("external_", risk_external, others)
    benefits_external, bands_external = decide("external_", risk_external, others)

# %% tags=["remove-input"]
if external is not None:
    cohorts["external_"] = section.study.external.label
    add_counts(results, "external_", others, horizons)
    section.warn(*sentences.dropped(cohorts["external_"], results.one("external_left_out")))
    section.warn(*sentences.group_warnings(cohorts["external_"], doubts_external))
    section.say(external=sentences.external(chosen, results, alpha))
else:
    section.say(external="The study has no external cohort to which this model can be applied.")

# %% tags=["hide-input"]
if external is not None:
    section.remark = cox_sentences.remark(chosen, results, name="external_left_out")
    panels_external = figures.panels(
        horizons, risk_external, members_external, curves_external, benefits_external, bands_external
    )
    section.figure(
        lambda: figures.validation(panels_external, chosen, results, external=True, rug=not section.private),
        "figure-5c",
        f"External validation. {sentences.external(chosen, results, alpha)} "
        f"{sentences.decision(chosen, results, published, 'external_')} {sentences.bands(alpha)}{sentences.rug(section.private)}",
        sentences.alt(chosen, results, published, alpha, "external_"),
        badge=external.provenance.badge,
    )

# %% tags=["hide-input"]
if external is not None:
    section.table(
        tables.external(chosen, horizons, results, published, alpha),
        "table-11",
        f"External validation metrics. {sentences.external_short(results)}",
        notes=("The model was applied unchanged.", *sentences.horizon_note(published), "For research use."),
        badge=external.provenance.badge,
    )
    section.say(external_decision=sentences.decision(chosen, results, published, "external_"))

# %% [markdown]
# ## Thresholds and risk groups in detail
#
# The same net benefit can be read as interventions avoided, in patients who would not have had the event, without missing one who would.
# Below are the thresholds at which the model does better than both simple rules.

# %% tags=["hide-input"]
section.remark = cox_sentences.remark(chosen, results)
drawn = {cohorts[""]: panels} | ({cohorts["external_"]: panels_external} if external is not None else {})
badges = sentences.badges(*(cohort.provenance for cohort in (section.cohort, external) if cohort is not None))
said = [sentences.decision(chosen, results, published, prefix) for prefix in cohorts]
section.figure(
    lambda: figures.decision_detail(drawn, sentences.printed_ranges(published, cohorts), chosen),
    "figure-s8",
    f"Interventions avoided by the model against treating everybody, and useful thresholds. {said[0]} For research use.",
    f"Curves of interventions avoided and bars of useful thresholds. {' '.join(said)}",
    badge=badges,
)

# %% tags=["hide-input"]
section.table(
    tables.risk_groups(cohorts, chosen, results, alpha),
    "table-s13",
    f"Predicted and observed risk of {chosen.event_label} in groups of rising predicted risk.",
    notes=("Observed risk is one minus the Kaplan–Meier estimate.", "For research use."),
    badge=badges,
)

# %% tags=["remove-input"]
section.save(
    study=study,
    seed=seed,
    alpha=alpha,
    endpoint=endpoint,
    terms=terms,
    horizons=horizons,
    resamples=resamples,
    groups=groups,
    thresholds=thresholds,
)
