# Cox models: coefficients, tests, concordance, baseline, predictions, cox.zph, selection: tests/oracle/cox.json
source("tests/oracle/models.R")
suppressPackageStartupMessages(library(rms))

zph_values <- function(fit, transform) {
  found <- cox.zph(fit, transform = transform)
  table <- list(chi2 = unname(found$table[, 1]), df = unname(found$table[, 2]), p = unname(found$table[, 3]))
  if (transform != "km") return(table)
  c(table, list(x = found$x, time = found$time, scaled = unname(found$y), variance = unname(found$var),
       # what plot.cox.zph draws: least squares on a natural spline with four degrees of freedom
       smooth = lapply(seq_len(ncol(found$y)), function(j) {
         at <- seq(min(found$x), max(found$x), length = 40)
         basis <- splines::ns(c(at, found$x), df = 4, intercept = TRUE)
         drawn <- basis[1:40, ]
         solved <- qr(basis[-(1:40), ])
         value <- drawn %*% qr.coef(solved, found$y[, j])
         inverse <- backsolve(solved$qr[1:4, 1:4], diag(4))
         margin <- 2 * sqrt(found$var[j, j] * rowSums((drawn %*% (inverse %*% t(inverse))) * drawn))
         list(value = as.vector(value), low = as.vector(value - margin))
       })))
}

describe <- function(model) {
  rows <- model_rows(model)
  formula <- model_formula(model$terms)
  fit <- fit_cox(formula, rows, x = TRUE)
  s <- summary(fit)
  agreement <- concordance(fit)
  base <- basehaz(fit, centered = FALSE)
  who <- rows[c(1, 5, 20), ]
  curves <- survfit(fit, newdata = who)
  at <- summary(curves, times = c(model$horizons, max(rows$t[rows$d == 1])))
  univariable <- lapply(model$terms, function(term) {
    single <- fit_cox(model_formula(term), rows)
    list(coef = unname(coef(single)), se = unname(sqrt(diag(vcov(single)))), aic = extractAIC(single)[2],
         wald = as.numeric(single$wald.test), df = length(coef(single)))
  })
  # step fits again: from coxph's own starting values
  backward <- step(do.call(coxph, list(formula, data = rows, control = tight)), direction = "backward", trace = 0)
  list(coef = unname(coef(fit)), se = unname(s$coefficients[, "se(coef)"]), hr = unname(s$conf.int[, 1]),
       low = unname(s$conf.int[, 3]), high = unname(s$conf.int[, 4]), z = unname(s$coefficients[, "z"]),
       p = unname(s$coefficients[, "Pr(>|z|)"]), covariance = unname(vcov(fit)), loglik = fit$loglik,
       aic = AIC(fit), n = fit$n, events = fit$nevent,
       tests = list(likelihood_ratio = unname(s$logtest), wald = as.numeric(fit$wald.test),
                    wald_p = pchisq(as.numeric(fit$wald.test), length(coef(fit)), lower.tail = FALSE),
                    score = unname(s$sctest)),
       concordance = list(value = unname(agreement$concordance), se = sqrt(agreement$var),
                          count = unname(agreement$count)),
       lp = unname(predict(fit, type = "lp", reference = "zero")),
       baseline = list(time = base$time, hazard = base$hazard),
       predicted = list(rows = c(1, 5, 20), time = at$time, survival = unname(at$surv), low = unname(at$lower),
                        high = unname(at$upper), std_error = unname(at$std.err),
                        median = as.vector(quantile(curves, 0.5)$quantile)),
       vif = unname(rms::vif(fit)), univariable = univariable, backward = attr(terms(backward), "term.labels"),
       schoenfeld = unname(as.matrix(residuals(fit, type = "schoenfeld"))),
       zph = sapply(c("km", "identity", "rank", "log"), function(g) zph_values(fit, g), simplify = FALSE))
}

# Harrell's C of scores with many ties, with tied times.
ties <- function() {
  rows <- model_rows(models$lung_tied)
  found <- concordance(Surv(t, d) ~ as.integer(ph.ecog), rows, reverse = TRUE)
  list(value = unname(found$concordance), se = sqrt(found$var), count = unname(found$count))
}

write_reference("cox", list(models = lapply(models, describe), concordance_ties = ties()))
