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
# # Toxicity
#
# Which adverse events were recorded, how often, and is one regimen better tolerated?
# The article tabulates events by organ system (its Tables 4 to 6) and compares the totals. <!-- article -->
# With few events the choice of test matters, so three are shown side by side, and each difference has an interval.

# %% tags=["parameters"]
study: str = "data/study.yml"  # study file
seed: int = 20250830  # seed of random numbers; this section draws none [seed >= 0]
alpha: float = 0.05  # two-sided significance level; intervals have level 1 - alpha [0 < alpha < 0.5]
subset: list[str] = []  # only patients who meet these rules, such as "age >= 30" or "sex = male"; exploratory

# %% tags=["hide-input"]
from itertools import product

from living_article.display.figures import toxicity as figures
from living_article.display.printed import beside
from living_article.display.sentences import toxicity as sentences
from living_article.display.tables import toxicity as tables
from living_article.section import open_section
from living_article.statistics.contingency import fisher, pearson, yates
from living_article.statistics.proportions import proportion, risk_difference

section = open_section("toxicity", study, subset)
cohort, arms, results = section.cohort, section.study.arms, section.results
groups = section.study.toxicity

# %% tags=["remove-input"]
if not groups:
    section.warn("The study file describes no adverse events, so there is nothing to show here.")

# %% [markdown]
# ## Who had what
#
# A patient counts once in an organ system, however many of its events occurred.
# The article graded events by CTCAE {cite}`ctcae2017` but prints no grades. <!-- article -->
# Any grade counts. <!-- article -->
# A patient whose record of an event is blank is left out of its denominator.

# %%
events = {}
for group in groups:
    columns = cohort.table[list(group.events)]
    present, known = columns == group.present, columns.notna()
    events |= {event: (present[event], known[event]) for event in group.events}
    events[group.id] = (present.any(axis=1), present.any(axis=1) | known.all(axis=1))

if groups:
    some = sum(events[group.id][0].astype(int) for group in groups) > 0
    complete = sum((~events[group.id][1]).astype(int) for group in groups) == 0
    events[tables.ANY] = (some, some | complete)

# %% [markdown]
# ## Incidence and difference
#
# Incidences have exact intervals {cite}`clopper1934fiducial` and differences the score interval of Newcombe {cite}`newcombe1998interval`, which behaves well when a count is zero.
# Fisher's exact test is the reference here; Pearson's χ² and its continuity-corrected form stand beside it.
# The article heads its column "χ² (Fisher)" and does not say which was used. <!-- article -->

# %%
for arm in arms:
    results.add("patients", group=arm.id, value=len(cohort.of(arm)), unit="patients")

# %%
for term, (present, known) in events.items():
    pairs = []
    for arm in arms:
        mine = cohort.table[arms.column] == arm.id
        count, total = int(present[mine].sum()), int(known[mine].sum())
        pairs.append((count, total))
        results.add("count", group=arm.id, term=term, value=count, unit="count")
        results.add("known", group=arm.id, term=term, value=total, unit="patients")
        share = proportion(count, total, conf_level=1 - alpha)
        results.estimate("incidence", share, group=arm.id, term=term, unit="proportion")
    difference = risk_difference(*pairs[0], *pairs[1], conf_level=1 - alpha)
    results.estimate("incidence_difference", difference, term=term, unit="risk difference")
    square = [[count, total - count] for count, total in pairs]
    for name, test in {"test": fisher, "chi2": pearson, "yates": yates}.items():
        results.test(name, test(square), term=term)

# %%
inside = [(group.id, event) for group in groups for event in group.events] + [
    (tables.ANY, group.id) for group in groups
]
for (whole, part), arm in product(inside, arms):
    others = events[whole][0] & ~events[part][0] & (cohort.table[arms.column] == arm.id)
    results.add("without", group=arm.id, term=f"{whole}:{part}", value=others.sum(), unit="patients")

# %% [markdown]
# Each table ends with the patients who had any event of the system.
# It is the only row the article tests. <!-- article -->

# %% tags=["hide-input"]
shown = {4: groups[:1], 5: groups[1:2], 6: groups[2:]}
for number, systems in shown.items():
    if not systems:
        continue
    printed = beside(section.published(), "toxicity", f"Table {number}")
    section.table(
        tables.system(arms, systems, results, printed, alpha),
        f"table-{number}",
        " ".join(sentences.system(arms, group, results, alpha) for group in systems),
        notes=("Cells are patients (%); differences are the first arm minus the second.",),
    )

# %% tags=["remove-input"]
if groups:
    section.say(summary=sentences.summary(arms, groups, results, alpha))

# %% [markdown] tags=["article"]
# A χ² statistic and a P value follow from four counts alone, so those printed can be checked against the printed counts.

# %% tags=["remove-input"]
for number, systems in shown.items():
    printed = beside(section.published(), "toxicity", f"Table {number}")
    for group in systems if printed else ():
        if text := sentences.printed_tests(group, results, printed):
            section.say(**{f"printed_{group.id}": text})

# %% [markdown]
# ## All events at a glance
#
# On the left each event's incidence in both arms, on the right the difference with its interval.
# An interval that crosses zero leaves open which regimen has fewer events of that kind.

# %% tags=["hide-input"]
if groups:
    section.figure(
        lambda: figures.two_sided(arms, groups, results, alpha),
        "figure-s4",
        f"Adverse events by treatment. {sentences.any_event(arms, results, alpha)}",
        f"Dot plot of incidences by arm beside their differences with intervals. "
        f"{sentences.summary(arms, groups, results, alpha)}",
    )

# %% [markdown]
# The last table adds the systems up.
# It is not in the article, which does not say whether one patient had events in several systems. <!-- article -->
# Its last row therefore depends on how events were dealt out, not only on printed counts. <!-- article -->
# No P value on this page is adjusted for the number of comparisons.

# %% tags=["hide-input"]
if groups:
    section.table(
        tables.overall(arms, groups, results, alpha),
        "table-s8",
        f"Patients with any event, by system and overall. {sentences.any_event(arms, results, alpha)}",
    )

# %% tags=["remove-input"]
if groups:
    section.say(any_event=sentences.any_event(arms, results, alpha))

# %% tags=["remove-input"]
section.save(study=study, seed=seed, alpha=alpha, subset=subset)
