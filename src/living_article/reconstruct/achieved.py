"""What the finished cohort gives for every target: computed by the statistics of the book, not by the search."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from scipy import stats

from living_article.analysis.model_frame import model_frame
from living_article.errors import InputError
from living_article.patients.cohort import Cohort
from living_article.reconstruct import assumptions, response, toxicity
from living_article.reconstruct.margins import FLAGS, LEVELS
from living_article.reconstruct.targets import ARMS, Targets
from living_article.statistics import contingency, cox, external, ipcw, means
from living_article.statistics.concordance import concordance
from living_article.statistics.kaplan_meier import median, step_curve
from living_article.statistics.logrank import logrank
from living_article.statistics.optimism import optimism

Values = Iterator[tuple[str, float | None]]
"""Pairs of the id of a printed value and the number achieved for it, None if it cannot be estimated."""


def achieved(targets: Targets, cohort: Cohort, other: Cohort) -> dict[str, float]:
    """Return the achieved value of every target by id, in the order of the article; ``other`` is external."""
    found: dict[str, float] = {}
    for values in (
        baseline(targets, cohort.table), survival(cohort.table), responses(targets, cohort.table),
        diameters(cohort.table), toxicities(targets, cohort.table), model(cohort, other),
    ):  # fmt: skip
        for id, value in values:
            if id not in targets:
                raise ValueError(f"no printed value has the id {id!r}")
            if value is None:
                raise ValueError(f"{id}: not estimable in this cohort")
            found[id] = float(value)
    return found


def baseline(targets: Targets, table: pd.DataFrame) -> Values:
    """Yield Table 1: group sizes, ages, counts, the example of sites, tests."""
    groups = {arm: table[table["arm"] == arm] for arm in ARMS}
    for arm, group in groups.items():
        yield f"t1_n_{arm}", len(group)
        yield f"t1_age_mean_{arm}", group["age"].mean()
        yield f"t1_age_sd_{arm}", group["age"].std(ddof=1)
        yield from _examples(targets, group, arm)
    test = means.t_test(*(group["age"] for group in groups.values()))
    yield "t1_age_t", test.statistic
    yield "t1_age_p", test.p
    several = table["lung_lesions"].gt(targets.value("t8_lung_lesions_range_low"))
    high = table["ldh"].gt(targets.value("t1_ldh_threshold_high"))
    columns = {name: table[name] for name in (*LEVELS, *FLAGS) if name != "ldh"}
    columns |= {
        "several_lesions": several.map({True: "yes", False: "no"}),
        "ldh": high.map({True: "high", False: "low"}),
    }
    for name, values in columns.items():
        counts = pd.crosstab(table["arm"], values).reindex(list(ARMS))
        for level in counts.columns:
            for arm in ARMS:
                for id in (f"t1_{name}_{level.lower()}_{arm}", f"t1_{name}_{arm}" if level == "yes" else ""):
                    if id in targets:
                        yield id, counts.loc[arm, level]
        test = contingency.pearson(counts.to_numpy())
        yield f"t1_{name}_chi2", test.statistic
        yield f"t1_{name}_p", test.p


def _examples(targets: Targets, group: pd.DataFrame, arm: str) -> Values:
    """Yield the printed example of sites, as the patient nearest to it has it."""
    lobes = {lobe: f"t1_example_{lobe}_{arm}" for lobe in assumptions.LOBE_SHARES}
    wanted = [targets.count(id) if id in targets else 0 for id in lobes.values()]
    sites = group[[f"lesions_{lobe}" for lobe in lobes]].astype(int)
    nearest = sites.loc[(sites - wanted).abs().sum(axis=1).idxmin()]
    for lobe, id in lobes.items():
        if id in targets:
            yield id, nearest[f"lesions_{lobe}"]


def survival(table: pd.DataFrame) -> Values:
    """Yield medians of both endpoints and log-rank P values."""
    for endpoint in ("pfs", "os"):
        for arm in ARMS:
            group = table[table["arm"] == arm]
            curve = step_curve(group[f"{endpoint}_months"], group[f"{endpoint}_event"])
            yield f"res_median_{endpoint}_{arm}", median(curve).value
        test = logrank(table[f"{endpoint}_months"], table[f"{endpoint}_event"], table["arm"]).test
        yield f"res_{endpoint}_p", test.p


def responses(targets: Targets, table: pd.DataFrame) -> Values:
    """Yield Tables 2 and 3: the patients counted in Table 2, rates among all patients of an arm."""
    groups = {arm: table[table["arm"] == arm] for arm in ARMS}
    counted = {
        arm: [
            int(((g["best_response"] == level) & (g["counted_in_table_2"] == "yes")).sum()) for level in response.LEVELS
        ]
        for arm, g in groups.items()
    }
    for arm in ARMS:
        for level, count in zip(response.LEVELS, counted[arm], strict=True):
            yield f"t2_{level.lower()}_{arm}", count
    test = contingency.pearson([counted[arm] for arm in ARMS])
    yield "t2_chi2", test.statistic
    yield "t2_p", test.p
    for rate, levels in (("orr", response.LEVELS[:2]), ("dcr", response.LEVELS[:3])):
        met = {arm: int(group["best_response"].isin(levels).sum()) for arm, group in groups.items()}
        for arm in ARMS:
            yield f"t3_{rate}_{arm}", 100 * met[arm] / len(groups[arm])
        test = contingency.pearson([[met[arm], len(groups[arm]) - met[arm]] for arm in ARMS])
        yield f"t3_{rate}_chi2", test.statistic
        yield f"t3_{rate}_p", test.p


def diameters(table: pd.DataFrame) -> Values:
    """Yield the P values of Figure 4 that are least in favour of the printed marks, over both lesions (t tests)."""
    first, second = (table[table["arm"] == arm] for arm in ARMS)
    before, after, paired = [], [], []
    for lesion in response.LESIONS:
        names = [f"{lesion}_{moment}_mm" for moment in response.MOMENTS]
        before.append(stats.ttest_ind(first[names[0]], second[names[0]]).pvalue)
        after.append(stats.ttest_ind(first[names[1]], second[names[1]]).pvalue)
        paired += [stats.ttest_rel(group[names[0]], group[names[1]]).pvalue for group in (first, second)]
    yield "res_diameter_before_p", min(before)
    yield "res_diameter_after_p", max(after)
    yield "fig_4_before_after_p", max(paired)
    yield "fig_4_between_p", max(after)


def toxicities(targets: Targets, table: pd.DataFrame) -> Values:
    """Yield Tables 4 to 6: counts, percentages, Pearson's χ² and Fisher's P of the totals."""
    for number, events in toxicity.CLASSES.items():
        any_event = []
        for arm in ARMS:
            group = table[table["arm"] == arm]
            present = group[list(events)].eq("yes")
            for event in events:
                yield f"{number}_{event}_count_{arm}", present[event].sum()
                yield f"{number}_{event}_percent_{arm}", 100 * present[event].mean()
            yield f"{number}_total_count_{arm}", present.any(axis=1).sum()
            yield f"{number}_total_percent_{arm}", 100 * present.any(axis=1).mean()
            any_event.append([int(present.any(axis=1).sum()), int((~present.any(axis=1)).sum())])
        yield f"{number}_total_chi2", contingency.pearson(any_event).statistic
        yield f"{number}_total_p", contingency.fisher(any_event).p


def model(cohort: Cohort, other: Cohort) -> Values:
    """Yield Tables 7, 9, 10 and 11: one Cox model of overall survival, its accuracy here and in the external cohort."""
    study = cohort.study
    if (plan := study.model) is None:
        raise InputError("no model to fit", file=study.file, remedy="name endpoint and terms under 'model'")
    endpoint = study.endpoints[plan.endpoint]
    data, fresh = (model_frame(c, endpoint, plan.terms) for c in (cohort, other))
    fitted = cox.fit(data.x, data.time, data.event)
    table = cox.coefficient_table(fitted)
    for term, row in zip(plan.terms, table.itertuples(), strict=True):
        for quantity, value in (("hr", row.hr), ("ci_low", row.low), ("ci_high", row.high), ("p", row.p)):
            yield f"t7_{term}_{quantity}", value
    own = concordance(cox.linear_predictor(fitted), data.time, data.event).estimate
    boot = optimism(data.x, data.time, data.event, replicates=1000, seed=assumptions.BOOTSTRAP_SEED)
    yield from zip(("t9_cindex", "t9_cindex_low", "t9_cindex_high"), (own.value, own.low, own.high), strict=True)
    slope = boot.table.set_index("measure").loc["slope"]
    yield from zip(
        ("t9_slope", "t9_slope_low", "t9_slope_high"), (slope["corrected"], slope["low"], slope["high"]), strict=True
    )
    for horizon in study.horizons:
        risk = external.predicted_risk(fitted, data.x, horizon)
        yield f"t9_auc_{horizon:g}", ipcw.auc(risk, data.time, data.event, horizon).value
        yield f"t9_brier_{horizon:g}", ipcw.brier(risk, data.time, data.event, horizon).value
    means = boot.replicates["test concordance"]  # as Table 10 of the book reads the mean C-index
    yield "t10_cindex", means.mean()
    for end, share in (("low", 0.025), ("high", 0.975)):
        yield f"t10_cindex_ci_{end}", means.quantile(share)
    found = external.validate(fitted, fresh.x, fresh.time, fresh.event)
    for name, key in (("cindex", "concordance"), ("slope", "slope")):
        estimate = found[(key, None)]
        yield f"t11_{name}", estimate.value
        yield f"t11_{name}_ci_low", estimate.low
        yield f"t11_{name}_ci_high", estimate.high
