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
# # Survival
#
# How long do patients live without progression, and how long do they live, under each regimen? <!-- article -->
# The article answers with two Kaplan–Meier plots and their log-rank tests (its Figures 2 and 3). <!-- article -->
# This section compares the time to each endpoint between the arms with Kaplan–Meier plots, and adds what a reader needs to judge them: intervals, numbers at risk, survival at fixed times, restricted means, length of follow-up and a check of proportional hazards.

# %% tags=["parameters"]
from typing import Literal

study: str = "data/study.yml"  # study file
seed: int = 20250830  # seed of random numbers; this section draws none [seed >= 0]
alpha: float = 0.05  # two-sided significance level; intervals have level 1 - alpha [0 < alpha < 0.5]
endpoints: list[str] = []  # ids of the endpoints to analyse; empty: all in the study file
milestones: list[float] = []  # times at which survival is compared; empty: the study's horizons [milestones > 0]
rmst_horizon: float | None = None  # restricted means up to this time; None: the last milestone [rmst_horizon > 0]
interval: Literal["log", "log-log", "plain"] = "log"  # scale of the Kaplan-Meier intervals; log is R's default
subset: list[str] = []  # only patients who meet these rules, such as "age >= 30" or "sex = male"; exploratory

# %% tags=["hide-input"]
from functools import partial

from lifelines import CoxPHFitter, KaplanMeierFitter
from lifelines.statistics import logrank_test

from living_article.analysis.model_frame import model_frame
from living_article.disclosure.milestones import shown_times, withheld
from living_article.section import open_section
from living_article.statistics import cox, zph
from living_article.statistics.disclosure import coarse_median
from living_article.statistics.estimable import estimable
from living_article.statistics.follow_up import follow_up
from living_article.statistics.kaplan_meier import median, step_curve
from living_article.statistics.milestone import milestone, milestone_difference
from living_article.statistics.rmst import rmst, rmst_difference

# %% tags=["hide-input"]
from living_article.display import words
from living_article.display.figures import survival as figures
from living_article.display.reading import curve_reading
from living_article.display.sentences import survival as sentences
from living_article.display.tables import survival as tables

section = open_section("survival", study, subset)
cohort, arms, results = section.cohort, section.study.arms, section.results
chosen = section.endpoints(endpoints)
milestones = milestones or list(section.study.horizons)
rmst_horizon = rmst_horizon or max(milestones)

# %% [markdown]
# ## Kaplan–Meier estimates
#
# Survival is estimated separately in each arm by the product-limit method {cite}`kaplan1958nonparametric`.
# A median follows R's rule: where the curve is exactly one half over an interval, its midpoint.

# %%
fits = {}
for endpoint in chosen:
    for arm in arms:
        patients = cohort.of(arm)
        fit = KaplanMeierFitter(alpha=alpha, label=arm.label)
        fits[endpoint.id, arm.id] = fit.fit(patients[endpoint.time], patients[endpoint.event])

curves = {key: step_curve(fit) for key, fit in fits.items()}
both = {endpoint.id: [curves[endpoint.id, arm.id] for arm in arms] for endpoint in chosen}
told = {endpoint: shown_times(pair, milestones, section.fewest) for endpoint, pair in both.items()}

# %%
for (endpoint_id, arm_id), curve in curves.items():
    where = {"endpoint": endpoint_id, "group": arm_id}
    unit = section.study.endpoints[endpoint_id].unit
    results.add("patients", value=curve.n, unit="patients", **where)
    results.add("events", value=curve.events.sum(), unit="events", **where)
    middle = coarse_median(median(curve, interval=interval, conf_level=1 - alpha), curve.last, section.fewest)
    results.estimate("median", middle, unit=unit, **where)

# %% tags=["remove-input"]
for endpoint in chosen:
    section.warn(*sentences.without_events(arms, endpoint, results))

# %% [markdown]
# ## Comparison of the arms
#
# The curves are compared with the log-rank test; the hazard ratio comes from a Cox model with the treatment alone.
# A score test on the same model asks whether one hazard ratio describes the whole follow-up {cite}`grambsch1994proportional`.

# %%
for endpoint in chosen:
    treated, reference = (cohort.of(arm) for arm in arms)
    test = logrank_test(
        treated[endpoint.time], reference[endpoint.time], treated[endpoint.event], reference[endpoint.event]
    )
    results.add(
        "logrank",
        endpoint=endpoint.id,
        value=test.test_statistic,
        p=test.p_value,
        unit="statistic",
        method="log-rank test",
    )

# %%
models = {}
for endpoint in chosen:
    treatment = model_frame(cohort, endpoint, ["arm"])
    if reasons := estimable(treatment.design, treatment.time, treatment.event).reasons:
        for name in ("hazard_ratio", "proportional_hazards"):
            results.add(name, endpoint=endpoint.id, note=reasons[treatment.x.columns[0]])
        continue
    fitted = CoxPHFitter(alpha=alpha)
    fitted.fit(treatment.frame, endpoint.time, endpoint.event, fit_options=cox.FIT_OPTIONS)
    models[endpoint.id] = cox.from_lifelines(fitted, treatment.frame)

# %%
for endpoint_id, model in models.items():
    row = cox.coefficient_table(model, conf_level=1 - alpha).iloc[0]
    results.add(
        "hazard_ratio", endpoint=endpoint_id, value=row.hr, low=row.low, high=row.high, p=row.p, unit="hazard ratio",
        method="Cox model with treatment alone, Efron, Wald interval",
    )  # fmt: skip
    results.test("proportional_hazards", zph.zph(model).test(), endpoint=endpoint_id)

# %% [markdown]
# Look first at where the curves part, then at how many patients are still at risk there: the right-hand end of each curve rests on few.

# %% tags=["hide-input"]
for endpoint in chosen:
    mine = {arm.id: curves[endpoint.id, arm.id] for arm in arms}
    options = {"interval": interval, "alpha": alpha, "fewest": section.fewest, "told": told[endpoint.id]}
    number = figures.number(list(section.study.endpoints).index(endpoint.id))
    section.figure(
        partial(figures.kaplan_meier, arms, endpoint, mine, results, **options),
        f"figure-{number}",
        f"{endpoint.label} by treatment. {sentences.medians(arms, endpoint, results, alpha)} "
        f"{sentences.drawn(section.fewest)}; bands are {interval} intervals.",
        sentences.figure_alt(arms, endpoint, results, alpha),
        reading=partial(curve_reading, arms=arms, endpoint=endpoint, curves=mine, **options),
    )

# %% [markdown]
# The same numbers in a table, with the length of follow-up by the reverse Kaplan–Meier method {cite}`schemper1996followup`.

# %%
for endpoint in chosen:
    for arm in arms:
        patients = cohort.of(arm)
        followed = follow_up(patients[endpoint.time], patients[endpoint.event], interval=interval, conf_level=1 - alpha)
        where = {"endpoint": endpoint.id, "group": arm.id}
        middle = coarse_median(followed.median, followed.longest, section.fewest)
        results.estimate("follow_up", middle, unit=endpoint.unit, **where)

# %% tags=["hide-input"]
section.table(
    tables.summary(arms, chosen, results, alpha, section.published()),
    "table-s3",
    "Patients, events, median survival and median follow-up.",
    notes=(
        f"Medians with Brookmeyer–Crowley intervals on the {interval} scale, left out where neither limit is reached.",
        "Follow-up by reverse Kaplan–Meier.",
    ),
)

# %% tags=["hide-input"]
section.table(
    tables.comparison(chosen, results, alpha, section.published()),
    "table-s4",
    f"Comparison of {words.lower_first(arms.treated.label)} with {words.lower_first(arms.reference.label)}.",
    notes=("A hazard ratio below 1 favours the first arm named.",),
)

# %% tags=["remove-input"]
for endpoint in chosen:
    section.say(
        **{
            f"medians_{endpoint.id}": sentences.medians(arms, endpoint, results, alpha),
            f"hazard_ratio_{endpoint.id}": sentences.hazard_ratio(arms, endpoint, results, alpha),
            f"follow_up_{endpoint.id}": sentences.follow_up(arms, endpoint, results, alpha),
        }
    )

# %% [markdown]
# ## Survival at fixed times and restricted means
#
# A hazard ratio says little about time gained.
# Survival at a milestone does, and so does the restricted mean, the area below the curve up to a stated time {cite}`royston2013restricted`.
# A milestone beyond the follow-up of an arm is reported as not estimable, never extrapolated.

# %%
for endpoint in chosen:
    treated, reference = (curves[endpoint.id, arm.id] for arm in arms)
    for time in milestones:
        where, hidden = {"endpoint": endpoint.id, "horizon": time}, time not in told[endpoint.id]
        for arm in arms:
            at = milestone(curves[endpoint.id, arm.id], time, interval=interval, conf_level=1 - alpha)
            results.estimate("milestone", withheld(at) if hidden else at, group=arm.id, unit="proportion", **where)
        difference = milestone_difference(treated, reference, time, conf_level=1 - alpha)
        difference = withheld(difference) if hidden else difference
        results.estimate("milestone_difference", difference, unit="risk difference", **where)

# %%
for endpoint in chosen:
    treated, reference = (curves[endpoint.id, arm.id] for arm in arms)
    where = {"endpoint": endpoint.id, "horizon": rmst_horizon}
    for arm in arms:
        mean = rmst(curves[endpoint.id, arm.id], rmst_horizon, conf_level=1 - alpha)
        results.estimate("rmst", mean, group=arm.id, unit=endpoint.unit, **where)
    difference = rmst_difference(treated, reference, rmst_horizon, conf_level=1 - alpha)
    results.estimate("rmst_difference", difference, unit=endpoint.unit, **where)

# %% tags=["hide-input"]
section.table(
    tables.milestones(arms, chosen, results, alpha),
    "table-s5",
    "Survival at milestones and restricted mean survival time.",
    notes=("Differences are the first arm minus the second, with Wald intervals on Greenwood's standard errors.",),
)

# %% tags=["remove-input"]
for endpoint in chosen:
    for time in milestones:
        name = f"milestone_{endpoint.id}_{time:g}"
        section.say(**{name: sentences.milestone(arms, endpoint, time, results, alpha)})

# %% [markdown]
# ## Are hazards proportional?
#
# Under proportional hazards the two lines of each panel keep their distance.
# The score test above puts a number on the same question.

# %% tags=["hide-input"]
section.figure(
    lambda: figures.log_log(arms, chosen, curves, fewest=section.fewest, told=told),
    "figure-s2",
    f"Log–log plots of {words.listed([endpoint.short for endpoint in chosen])}; parallel lines speak for proportional hazards. "
    f"{sentences.proportional_hazards(chosen, results, alpha)}",
    " ".join(sentences.hazard_ratio(arms, endpoint, results, alpha) for endpoint in chosen),
)

# %% tags=["remove-input"]
section.save(
    study=study,
    seed=seed,
    alpha=alpha,
    subset=subset,
    endpoints=endpoints,
    milestones=milestones,
    rmst_horizon=rmst_horizon,
    interval=interval,
)
