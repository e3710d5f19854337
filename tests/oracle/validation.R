# Validation of predictions in other patients: tests/oracle/validation.json
# The cohort's model predicts the external cohort; elsewhere the model of the odd rows predicts the even rows.
source("tests/oracle/models.R")
suppressPackageStartupMessages({
  library(riskRegression)
  library(rms)
})
thresholds <- seq(0.05, 0.95, by = 0.05)

scores <- function(cll, rows, horizon) {
  score <- function(risk, metric) {
    Score(list(model = matrix(risk, ncol = 1)), formula = Surv(t, d) ~ 1, data = rows, times = horizon,
          metrics = metric, conf.int = FALSE, cens.model = "km")
  }
  brier <- score(risk_of(cll), "brier")$Brier$score$Brier
  # AUC on another scale: risks that round to 1 would be tied
  list(auc = score(plogis(cll), "auc")$AUC$score$AUC, null_brier = brier[1], brier = brier[2])
}

# Austin, Harrell and van Klaveren (2020): Cox model on a restricted cubic spline of log(-log(1 - risk)).
smooth_curve <- function(cll, rows, horizon, at) {
  rows$cll <- cll
  knots <- quantile(rows$cll, c(0.1, 0.5, 0.9))
  basis <- function(values) {
    drawn <- as.data.frame(rcspline.eval(values, knots = knots, inclx = TRUE))
    setNames(drawn, c("linear", "curved"))
  }
  rows <- cbind(rows, basis(rows$cll))
  fit <- fit_cox(Surv(t, d) ~ linear + curved, rows)
  drawn <- summary(survfit(fit, newdata = basis(log(-log(1 - at)))), times = horizon)
  observed <- risk_of(predicted_cll(fit, rows, horizon))
  distance <- abs(observed - risk_of(cll))
  list(at = at, observed = 1 - as.vector(drawn$surv), low = 1 - as.vector(drawn$upper),
       high = 1 - as.vector(drawn$lower), ici = mean(distance), e50 = median(distance),
       e90 = unname(quantile(distance, 0.9)))
}

groups_of <- function(risk, groups) {
  findInterval(risk, quantile(risk, seq_len(groups - 1) / groups), left.open = TRUE)
}

grouped <- function(risk, rows, horizon, groups) {
  group <- groups_of(risk, groups)
  parts <- lapply(sort(unique(group)), function(g) {
    fit <- survfit(Surv(t, d) ~ 1, rows[group == g, ], conf.type = "log-log")
    found <- look_up(fit, horizon)
    if (!length(found$surv)) return(list(n = sum(group == g), predicted = mean(risk[group == g]), observed = NA))
    list(n = sum(group == g), predicted = mean(risk[group == g]), observed = 1 - found$surv,
         low = 1 - found$upper, high = 1 - found$lower, std_error = found$std.err)
  })
  # Demler, Paynter and Cook (2015); only where every group has a variance
  error <- sapply(parts, function(p) if (is.null(p$std_error)) NA else p$std_error)
  chi2 <- sum((sapply(parts, `[[`, "observed") - sapply(parts, `[[`, "predicted"))^2 / error^2)
  df <- length(parts) - 1
  usable <- all(is.finite(error)) && all(error > 0)
  list(groups = parts, gnd = if (usable) list(chi2 = chi2, df = df, p = pchisq(chi2, df, lower.tail = FALSE)))
}

# Vickers et al. (2008); NA where nobody positive is followed to the horizon, unless all of them have died.
net_benefit <- function(risk, rows, horizon) {
  sapply(thresholds, function(threshold) {
    positive <- risk >= threshold
    if (!any(positive)) return(0)
    fit <- survfit(Surv(t, d) ~ 1, rows[positive, ])
    alive <- look_up(fit, horizon)$surv
    if (!length(alive)) alive <- if (min(fit$surv) == 0) 0 else NA
    share <- mean(positive)
    share * (1 - alive) - share * alive * threshold / (1 - threshold)
  })
}

validate <- function(model) {
  rows <- model_rows(model)
  if (model$file == "cohort") {
    if (model$time != "os_months" || !dataset_exists("external")) return(NULL)
    train <- rows
    test <- model_rows(model, "external")
  } else {
    train <- rows[seq(1, nrow(rows), by = 2), ]
    test <- rows[seq(2, nrow(rows), by = 2), ]
  }
  fit <- fit_cox(model_formula(model$terms), train)
  test$lp <- predict(fit, newdata = test, type = "lp", reference = "zero")
  on_lp <- fit_cox(Surv(t, d) ~ lp, test)
  agreement <- concordance(Surv(t, d) ~ lp, test, reverse = TRUE)
  at_horizon <- lapply(model$horizons, function(horizon) {
    cll <- predicted_cll(fit, test, horizon)
    risk <- risk_of(cll)
    overall <- summary(survfit(Surv(t, d) ~ 1, test), times = horizon)
    c(list(horizon = horizon, risk = risk, hazard = exp(cll), observed_expected = (1 - overall$surv) / mean(risk),
           events = sum(test$d == 1 & test$t <= horizon), net_benefit = net_benefit(risk, test, horizon),
           all = (1 - overall$surv) - overall$surv * thresholds / (1 - thresholds),
           smooth = smooth_curve(cll, test, horizon, pmin(0.99, unname(quantile(risk, c(0.05, 0.3, 0.5, 0.8, 0.95))))),
           five = grouped(risk, test, horizon, 5), three = grouped(risk, test, horizon, 3)),
      scores(cll, test, horizon))
  })
  list(slope = list(value = unname(coef(on_lp)), se = sqrt(vcov(on_lp)[1, 1])),
       concordance = list(value = unname(agreement$concordance), se = sqrt(agreement$var)),
       horizons = at_horizon)
}

found <- lapply(models, validate)
write_reference("validation", list(thresholds = thresholds, models = found[!sapply(found, is.null)]))
