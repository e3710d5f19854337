# Points of rms::nomogram with axes that end at the observed values: tests/oracle/nomogram.json
source("tests/oracle/models.R")
suppressPackageStartupMessages(library(rms))

points_of <- function(model) {
  rows <- model_rows(model)
  # A factor is put on the axis by its levels, a number by both ends and the middle of what was observed.
  axes <- lapply(rows[model$terms], function(x) {
    if (is.factor(x)) levels(x) else c(min(x), (min(x) + max(x)) / 2, max(x))
  })
  assign("observed_ranges", datadist(rows[model$terms]), envir = globalenv())
  options(datadist = "observed_ranges")
  # cph stops at 1e-4 by default
  fit <- cph(model_formula(model$terms), rows, x = TRUE, y = TRUE, surv = TRUE, eps = 1e-14, iter.max = 100,
             tol = 1e-14)
  drawn <- do.call(nomogram, c(list(fit, lp = TRUE), axes))
  info <- attr(drawn, "info")
  list(terms = lapply(model$terms, function(term) {
         axis <- drawn[[term]]
         list(term = term, at = if (is.factor(rows[[term]])) as.character(axis[[1]]) else axis[[1]],
              points = unname(axis$points))
       }),
       scale = info$sc, center = fit$center, intercept = info$Intercept)
}

write_reference("nomogram", list(models = lapply(models, points_of)))
