# Summaries and tests of continuous values, standardised differences: tests/oracle/means.json
source("tests/oracle/reference.R")

as_test <- function(found) {
  list(statistic = unname(found$statistic), df = unname(found$parameter), p = found$p.value,
       interval = as.vector(found$conf.int))
}

two_groups <- function(first, second) {
  rank <- suppressWarnings(wilcox.test(first, second))
  list(first = first, second = second,
       shapiro = list(as_test(shapiro.test(first)), as_test(shapiro.test(second))),
       summary = list(mean = mean(first), sd = sd(first),
                      type7 = as.vector(quantile(first, c(0.25, 0.5, 0.75), type = 7)),
                      type6 = as.vector(quantile(first, c(0.25, 0.5, 0.75), type = 6))),
       student = as_test(t.test(first, second, var.equal = TRUE)),
       welch = as_test(t.test(first, second)),
       mann_whitney = as_test(rank), exact = !grepl("continuity", rank$method),
       smd = (mean(first) - mean(second)) / sqrt((var(first) + var(second)) / 2))
}

pairs <- function(before, after) {
  rank <- suppressWarnings(wilcox.test(after, before, paired = TRUE))
  list(before = before, after = after, t = as_test(t.test(after, before, paired = TRUE)),
       signed_rank = as_test(rank), exact = !grepl("continuity", rank$method))
}

# Yang & Dalton (2012), with mahalanobis().
multilevel <- function(counts, other) {
  p <- counts[-1] / sum(counts)
  q <- other[-1] / sum(other)
  spread <- (diag(p, length(p)) - p %o% p + diag(q, length(q)) - q %o% q) / 2
  list(counts = counts, other = other, smd = sqrt(mahalanobis(p, q, spread)))
}

lung <- read_dataset("lung")
veteran <- read_dataset("veteran")
cohort <- read_dataset("cohort")
arm <- function(column, name) cohort[[column]][cohort$arm == name]

write_reference("means", list(
  groups = list(
    two_groups(lung$age[lung$sex == 1], lung$age[lung$sex == 2]),
    two_groups(veteran$karno[veteran$trt == 1], veteran$karno[veteran$trt == 2]),
    two_groups(arm("age", "observation"), arm("age", "control")),
    two_groups(arm("ldh", "observation"), arm("ldh", "control")),
    two_groups(arm("metastasis_after_mm", "observation"), arm("metastasis_after_mm", "control")),
    two_groups(c(1.1, 2.25, 3.4, 0.7, 5.6), c(2.2, 4.1, 6.3, 7.9, 8.05, 9.6, 3.3)),
    two_groups((1:49)^1.5, (1:49)^1.4 + 0.25),
    two_groups((1:50)^1.5, (1:49)^1.4 + 0.25)),
  pairs = list(
    pairs(cohort$metastasis_before_mm, cohort$metastasis_after_mm),
    pairs(arm("primary_before_mm", "control"), arm("primary_after_mm", "control")),
    pairs(c(1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30),
          c(0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29)),
    pairs(c(1, 2, 3, 4, 5, 6, 7), c(1, 3, 5, 4, 8, 2, 9))),
  from_summary = local({
    # The article's age row, by simulating values with exactly these means and SDs.
    exactly <- function(n, m, s) as.vector(scale(qnorm(ppoints(n)))) * s + m
    first <- exactly(55, 30, 6.44)
    second <- exactly(40, 28, 8.03)
    list(student = as_test(t.test(first, second, var.equal = TRUE)), welch = as_test(t.test(first, second)))
  }),
  multilevel = list(
    multilevel(c(13, 15, 20, 7), c(8, 11, 15, 6)), multilevel(c(9, 23, 17, 6), c(5, 18, 13, 4)),
    multilevel(c(32, 16, 7), c(25, 10, 5)), multilevel(c(31, 24), c(23, 17)))))
