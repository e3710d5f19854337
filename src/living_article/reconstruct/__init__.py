"""The reconstruction of a patient table from the aggregates an article prints.

`python -m living_article.reconstruct` reads the printed values (`targets`) and what the article leaves open
(`assumptions`), and writes the cohort, the external cohort and the fidelity table. The steps, in this order:

1. `margins`: for every covariate and arm the multiset of values with exactly the printed counts, means and SDs.
2. `slots`: for every patient of an arm how long he or she is followed and with what end, medians exact.
3. `search` (inner loops in `kernels`): who gets which slot. Exchanges inside an arm keep all of the above; threshold
   acceptance brings the score of the Cox model at the printed hazard ratios to zero, and C-index, AUC and Brier scores
   into their rounding intervals, without visible departures from proportional hazards.
4. `covariates` decodes the result into columns; `progression`, `response`, `toxicity` and `dates` add the rest.
5. `external`: a second cohort, paired until C-index and slope are as printed.
6. `achieved` and `fidelity`: every target beside what the finished table gives, computed by the statistics of the book.

The result is one of very many tables that agree with the article; it is not evidence about any patient. In
particular the C-index of 0.80 is constructed: under proportional hazards with the printed hazard ratios and this
case-mix it would be about 0.65. The bytes depend on the seed alone: own integer generator, moves counted instead of
seconds, relative hazards on a grid, no library exponentials or linear algebra inside the search.
"""
