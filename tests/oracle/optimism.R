# Optimism bootstrap on fixed resamples, replicate by replicate, on repeated rows: tests/oracle/optimism.json
source("tests/oracle/models.R")
suppressPackageStartupMessages({
  library(riskRegression)
  library(rms)
})
set.seed(20201)
replicates <- 12
points <- 5

scores <- function(cll, rows, horizon) {
  score <- function(risk, metric) {
    Score(list(model = matrix(risk, ncol = 1)), formula = Surv(t, d) ~ 1, data = rows, times = horizon,
          metrics = metric, conf.int = FALSE, cens.model = "km", null.model = FALSE)
  }
  # AUC on another scale: risks that round to 1 would be tied
  list(auc = score(plogis(cll), "auc")$AUC$score$AUC, brier = score(risk_of(cll), "brier")$Brier$score$Brier)
}

# The calibration curve of a model in a sample: as in validation.R.
calibrated <- function(cll, rows, horizon, grid) {
  rows$cll <- cll
  knots <- quantile(rows$cll, c(0.1, 0.5, 0.9))
  basis <- function(values) {
    setNames(as.data.frame(rcspline.eval(values, knots = knots, inclx = TRUE)), c("linear", "curved"))
  }
  rows <- cbind(rows, basis(rows$cll))
  fit <- fit_cox(Surv(t, d) ~ linear + curved, rows)
  list(ici = mean(abs(risk_of(predicted_cll(fit, rows, horizon)) - risk_of(cll))),
       curve = risk_of(predicted_cll(fit, basis(log(-log(1 - grid))), horizon)))
}

evaluate <- function(fit, rows, horizons, grids) {
  rows$lp <- predict(fit, newdata = rows, type = "lp", reference = "zero")
  at_horizon <- Map(function(horizon, grid) {
    cll <- predicted_cll(fit, rows, horizon)
    c(scores(cll, rows, horizon), calibrated(cll, rows, horizon, grid))
  }, horizons, grids)
  list(concordance = unname(concordance(Surv(t, d) ~ lp, rows, reverse = TRUE)$concordance),
       slope = unname(coef(fit_cox(Surv(t, d) ~ lp, rows))), horizons = at_horizon)
}

bootstrap <- function(model) {
  rows <- model_rows(model)
  formula <- model_formula(model$terms)
  fit <- fit_cox(formula, rows)
  grids <- lapply(model$horizons, function(horizon) {
    risk <- sort(risk_of(predicted_cll(fit, rows, horizon)))
    seq(risk[10], risk[length(risk) - 9], length = points)
  })
  # A replicate whose model has no finite maximum is not a reference value: draw another.
  drawn <- list()
  while (length(drawn) < replicates) {
    index <- sample(nrow(rows), replace = TRUE)
    again <- try(coxph(formula, rows[index, ]), silent = TRUE)
    if (!inherits(again, "try-error") && !anyNA(coef(again)) && max(sqrt(diag(vcov(again)))) < 5) {
      drawn <- c(drawn, list(index))
    }
  }
  each <- lapply(drawn, function(index) {
    again <- fit_cox(formula, rows[index, ])
    list(rows = index, coef = unname(coef(again)), loglik = again$loglik[2],
         training = evaluate(again, rows[index, ], model$horizons, grids),
         test = evaluate(again, rows, model$horizons, grids))
  })
  list(grids = grids, apparent = evaluate(fit, rows, model$horizons, grids), replicates = each)
}

write_reference("optimism", list(models = lapply(models, bootstrap)))
