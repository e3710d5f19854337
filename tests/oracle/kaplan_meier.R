# Kaplan-Meier steps, intervals, quantiles, numbers at risk and follow-up: tests/oracle/kaplan_meier.json
source("tests/oracle/reference.R")

methods <- c("log", "log-log", "plain")
probabilities <- c(0.25, 0.5, 0.75)

# S is exactly one half on (2, 4]; and, second, from 2 to the end.
plateau <- data.frame(time = c(1, 2, 4, 6), event = c(1, 1, 1, 0))
plateau_at_end <- data.frame(time = c(1, 2, 3, 4), event = c(1, 1, 0, 0))
all_die <- data.frame(time = c(3, 5, 5, 8, 13), event = 1)
censored_first <- data.frame(time = c(1, 2, 3, 4, 5, 6, 7), event = c(0, 1, 0, 1, 0, 1, 0))

curve <- function(rows, time, event, at, file = NULL, where = NULL) {
  data <- data.frame(time = rows[[time]], event = rows[[event]])
  base <- survfit(Surv(time, event) ~ 1, data = data)
  found <- list(file = file, time_column = time, event_column = event, where = where,
                at = at,
                steps = list(time = base$time, at_risk = base$n.risk, events = base$n.event,
                             censored = base$n.censor, survival = base$surv, log_error = base$std.err))
  if (is.null(file)) found$rows <- as.list(data)
  for (method in methods) {
    fit <- survfit(Surv(time, event) ~ 1, data = data, conf.type = method)
    printed <- summary(fit)$table[c("median", "0.95LCL", "0.95UCL")]
    shares <- quantile(fit, probabilities)
    # Beyond the largest time summary() leaves rows out; here they stay out as well.
    look <- summary(fit, times = at)
    found$intervals[[method]] <- list(
      low = fit$lower, high = fit$upper, median = unname(printed),
      quantiles = list(probability = probabilities, value = unname(shares$quantile),
                       low = unname(shares$lower), high = unname(shares$upper)),
      look_up = list(time = look$time, survival = look$surv, std_error = look$std.err,
                     low = look$lower, high = look$upper))
  }
  counted <- summary(base, times = at, extend = TRUE)
  found$risk <- list(time = counted$time, at_risk = counted$n.risk, events = cumsum(counted$n.event),
                     censored = cumsum(counted$n.censor))
  reverse <- survfit(Surv(time, 1 - event) ~ 1, data = data)
  shares <- quantile(reverse, probabilities)
  found$follow_up <- list(median = unname(summary(reverse)$table[c("median", "0.95LCL", "0.95UCL")]),
                          quantiles = unname(shares$quantile))
  found
}

by_arm <- function(file, time, event, arm, at) {
  rows <- read_dataset(file)
  lapply(sort(unique(rows[[arm]])), function(value) {
    curve(rows[rows[[arm]] == value, ], time, event, at, file, list(column = arm, value = value))
  })
}

curves <- c(
  by_arm("lung", "time", "event", "sex", c(0, 5, 100.5, 310, 500, 965, 1022)),
  by_arm("lung_tied", "time", "event", "sex", c(0, 1, 6, 12.5, 24, 32, 34)),
  by_arm("veteran", "time", "event", "trt", c(0, 30, 90, 365, 553, 999)),
  by_arm("cohort", "os_months", "os_event", "arm", c(0, 6, 12, 24, 36, 48)),
  by_arm("cohort", "pfs_months", "pfs_event", "arm", c(0, 3, 6, 12, 24, 36)),
  lapply(list(plateau, plateau_at_end, all_die, censored_first),
         function(rows) curve(rows, "time", "event", 0:6))
)
write_reference("kaplan_meier", list(curves = curves))
