# Tests of contingency tables: tests/oracle/contingency.json
source("tests/oracle/reference.R")

rectangular <- list(
  response = rbind(c(1, 12, 14, 26), c(0, 4, 8, 28)),          # the article's Table 2
  response_55 = rbind(c(1, 12, 16, 26), c(0, 4, 8, 28)),
  t_stage = rbind(c(13, 15, 20, 7), c(8, 11, 15, 6)),
  n_stage = rbind(c(32, 16, 7), c(25, 10, 5)),
  three_by_three = rbind(c(3, 1, 4), c(1, 5, 9), c(2, 6, 5)),
  three_by_four = rbind(c(0, 3, 1, 2), c(4, 0, 2, 1), c(1, 1, 5, 0)),
  four_by_two = rbind(c(9, 1), c(7, 3), c(4, 5), c(1, 8)),
  four_by_four = rbind(c(3, 1, 0, 1), c(1, 2, 2, 0), c(0, 1, 4, 2), c(1, 0, 1, 5)),
  job_satisfaction = matrix(c(1, 2, 1, 0, 3, 3, 6, 1, 10, 10, 14, 9, 6, 7, 12, 11), 4, 4)  # Agresti (2002)
)

fourfold <- list(
  haematological = rbind(c(3, 52), c(5, 35)),
  gastrointestinal = rbind(c(2, 53), c(5, 35)),
  renal = rbind(c(1, 54), c(3, 37)),
  none_in_one_arm = rbind(c(0, 55), c(4, 36)),
  objective = rbind(c(13, 42), c(4, 36)),
  controlled = rbind(c(29, 26), c(12, 28)),
  sex = rbind(c(31, 24), c(23, 17)),
  balanced = rbind(c(10, 10), c(10, 10)),
  tea = rbind(c(3, 1), c(1, 3))
)

# Arms of the oracle data sets against each of their categorical columns.
crossed <- function(file, arm, columns) {
  rows <- read_dataset(file)
  tables <- lapply(columns, function(column) unname(unclass(table(rows[[arm]], rows[[column]]))[, ]))
  setNames(tables, paste(file, columns, sep = "_"))
}
cohort_tables <- crossed("cohort", "arm", c("sex", "tumour_type", "primary_site", "heart_disease", "t_stage", "n_stage",
                                            "radiotherapy", "best_response", "anaemia", "thrombocytopenia", "os_event"))
observed <- c(cohort_tables, crossed("lung", "sex", c("ph.ecog", "event")),
              crossed("veteran", "trt", c("celltype", "prior", "event")))

as_test <- function(found) {
  list(statistic = unname(found$statistic), df = unname(found$parameter), p = found$p.value)
}

likelihood_ratio <- function(table) {
  expected <- suppressWarnings(chisq.test(table, correct = FALSE))$expected
  statistic <- 2 * sum(ifelse(table == 0, 0, table * log(table / expected)))
  df <- prod(dim(table) - 1)
  list(statistic = statistic, df = df, p = pchisq(statistic, df, lower.tail = FALSE))
}

# (N - 1) r^2, from the correlation of the patients' scores.
linear_by_linear <- function(table) {
  scores <- expand.grid(row = seq_len(nrow(table)), column = seq_len(ncol(table)))
  scores <- scores[rep(seq_len(nrow(scores)), as.vector(table)), ]
  statistic <- (nrow(scores) - 1) * cor(scores$row, scores$column)^2
  list(statistic = statistic, df = 1, p = pchisq(statistic, 1, lower.tail = FALSE))
}

# fisher.test() finds its odds ratio to uniroot's default 1e-4 only; this solves the same equations tightly.
conditional_odds_ratio <- function(table) {
  m <- sum(table[, 1]); n <- sum(table[, 2]); k <- sum(table[1, ]); x <- table[1, 1]
  support <- max(0, k - n):min(k, m)
  log_density <- dhyper(support, m, n, k, log = TRUE)
  density <- function(log_ratio) {
    d <- log_density + log_ratio * support
    d <- exp(d - max(d))
    d / sum(d)
  }
  solve <- function(f) exp(uniroot(f, c(-30, 30), tol = 1e-15, maxiter = 10000)$root)
  list(
    value = if (x == min(support)) 0 else if (x == max(support)) NA else
      solve(function(t) sum(support * density(t)) - x),
    low = if (x == min(support)) 0 else solve(function(t) sum(density(t)[support >= x]) - 0.025),
    high = if (x == max(support)) NA else solve(function(t) sum(density(t)[support <= x]) - 0.025),
    printed_by_fisher.test = unname(fisher.test(table)$estimate))
}

any_size <- function(table) {
  list(table = table,
       pearson = as_test(suppressWarnings(chisq.test(table, correct = FALSE))),
       likelihood_ratio = likelihood_ratio(table),
       fisher = fisher.test(table, workspace = 2e7)$p.value,
       linear_by_linear = linear_by_linear(table))
}

two_by_two <- function(table) {
  pearson <- suppressWarnings(chisq.test(table, correct = FALSE))
  n_minus_1 <- unname(pearson$statistic) * (sum(table) - 1) / sum(table)
  c(any_size(table), list(
    yates = as_test(suppressWarnings(chisq.test(table, correct = TRUE))),
    n_minus_1 = list(statistic = n_minus_1, df = 1, p = pchisq(n_minus_1, 1, lower.tail = FALSE)),
    odds_ratio = conditional_odds_ratio(table)))
}

trends <- list(
  list(events = c(15, 10, 25), totals = c(30, 40, 36), scores = c(0, 1, 2)),
  list(events = c(13, 15, 20, 7), totals = c(21, 26, 35, 13), scores = c(0, 1, 2, 3)),
  list(events = c(83, 90, 129, 70), totals = c(86, 93, 136, 82), scores = c(1, 2, 4, 7))
)
with_event <- function(table) list(events = table[1, ], totals = colSums(table), scores = seq_len(ncol(table)))
trends <- c(trends, lapply(observed[c("cohort_t_stage", "cohort_n_stage", "lung_ph.ecog")], with_event))
trends <- lapply(unname(trends), function(t) {
  c(t, list(test = as_test(suppressWarnings(prop.trend.test(t$events, t$totals, t$scores)))))
})

write_reference("contingency", list(
  tables = c(lapply(rectangular, any_size), lapply(fourfold, two_by_two),
             lapply(observed, function(table) if (all(dim(table) == 2)) two_by_two(table) else any_size(table))),
  trends = trends))
