# Log-rank, milestone survival and restricted mean, two arms: tests/oracle/survival_comparison.json
source("tests/oracle/reference.R")

wald <- function(difference, error) {
  list(value = difference, low = difference - qnorm(0.975) * error, high = difference + qnorm(0.975) * error,
       std_error = error, p = 2 * pnorm(-abs(difference / error)))
}

# print.survfit's restricted mean and standard error, arm by arm.
restricted_mean <- function(fit, tau) {
  table <- summary(fit, rmean = tau)$table
  mean <- unname(table[, "rmean"])
  error <- unname(table[, "se(rmean)"])
  list(tau = tau, mean = mean, std_error = error,
       difference = wald(mean[1] - mean[2], sqrt(sum(error^2))))
}

# Greenwood's error of S at one time in both arms, and Wald's test on the difference.
at_milestone <- function(fit, time) {
  found <- summary(fit, times = time)
  list(time = time, survival = found$surv, std_error = found$std.err,
       difference = wald(found$surv[1] - found$surv[2], sqrt(sum(found$std.err^2))))
}

comparison <- function(file, time, event, arm, milestones, taus) {
  rows <- read_dataset(file)
  data <- data.frame(time = rows[[time]], event = rows[[event]], arm = rows[[arm]])
  fit <- survfit(Surv(time, event) ~ arm, data = data)
  test <- survdiff(Surv(time, event) ~ arm, data = data)
  degrees <- length(test$n) - 1
  found <- list(file = file, time_column = time, event_column = event, arm_column = arm,
                arms = sort(unique(rows[[arm]])),
                logrank = list(patients = as.vector(test$n), observed = test$obs, expected = test$exp,
                               statistic = test$chisq, df = degrees,
                               p = pchisq(test$chisq, degrees, lower.tail = FALSE)))
  if (degrees == 1) {
    found$milestones <- lapply(milestones, function(at) at_milestone(fit, at))
    found$rmst <- lapply(taus, function(tau) restricted_mean(fit, tau))
  }
  found
}

write_reference("survival_comparison", list(comparisons = list(
  comparison("lung", "time", "event", "sex", c(100, 365, 730), c(200, 365.25, 965)),
  comparison("lung", "time", "event", "ph.ecog", NULL, NULL),
  comparison("lung_tied", "time", "event", "sex", c(6, 12, 24), c(6, 12.5, 32)),
  comparison("veteran", "time", "event", "trt", c(30, 90, 180), c(90, 365, 553)),
  comparison("veteran", "time", "event", "celltype", NULL, NULL),
  comparison("cohort", "os_months", "os_event", "arm", c(12, 24, 36), c(12, 24, 36)),
  comparison("cohort", "pfs_months", "pfs_event", "arm", c(6, 12, 36), c(12, 24, 36))
)))
