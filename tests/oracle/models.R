# The Cox models that cox.R, validation.R, optimism.R and nomogram.R share. tests/statistics/conftest.py has the same
# terms in the same order.
source("tests/oracle/reference.R")

# coxph stops when the log-likelihood stands still, which leaves errors up to 1e-8 in coefficients however small eps is
# (the log-likelihood cannot show less). Newton steps on R's own score residuals make them exact; what refers to the
# starting values is kept from coxph's fit. do.call puts the rows into the call, where survfit and step look for them.
tight <- coxph.control(eps = 1e-15, toler.chol = 1e-16, iter.max = 100)
fit_cox <- function(formula, data, ...) {
  at <- function(coefficients, iterations) {
    control <- tight
    control$iter.max <- iterations
    call <- list(formula, data = data, control = control, ...)
    suppressWarnings(do.call(coxph, c(call, if (length(coefficients)) list(init = coefficients))))
  }
  first <- at(NULL, 100)
  fit <- first
  for (step in 1:3) {
    score <- colSums(as.matrix(residuals(fit, type = "score")))
    fit <- at(coef(fit) + drop(vcov(fit) %*% score), 0)
  }
  fit$loglik[1] <- first$loglik[1]
  fit$score <- first$score
  fit$wald.test <- drop(coef(fit) %*% solve(vcov(fit), coef(fit)))
  fit
}

yes_no <- function(values) factor(values, levels = c("no", "yes"))
read_model_rows <- function(file) {
  rows <- read_dataset(file)
  if (file %in% c("lung", "lung_tied")) {
    rows <- rows[complete.cases(rows[, c("age", "sex", "ph.ecog", "wt.loss")]), ]
    rows$sex <- factor(rows$sex, levels = c(1, 2))
    rows$ph.ecog <- factor(rows$ph.ecog, levels = 0:3)
  } else if (file == "veteran") {
    rows$celltype <- factor(rows$celltype, levels = c("squamous", "smallcell", "adeno", "large"))
    rows$trt <- factor(rows$trt, levels = 1:2)
    rows$prior <- factor(rows$prior, levels = c(0, 10))
  } else {
    rows$arm <- factor(rows$arm, levels = c("control", "observation"))
    rows$sex <- factor(rows$sex, levels = c("female", "male"))
    rows$tumour_type <- factor(rows$tumour_type, levels = c("soft_tissue_sarcoma", "osteosarcoma"))
    rows$femur <- factor(ifelse(rows$primary_site == "femur", "femur", "other"), levels = c("other", "femur"))
    rows$heart_disease <- yes_no(rows$heart_disease)
    rows$t_high <- factor(ifelse(rows$t_stage %in% c("T3", "T4"), "high", "low"), levels = c("low", "high"))
    rows$n_high <- factor(ifelse(rows$n_stage == "N0", "low", "high"), levels = c("low", "high"))
    rows$radiotherapy <- yes_no(rows$radiotherapy)
    rows$ldh_high <- factor(ifelse(rows$ldh > 240, "high", "low"), levels = c("low", "high"))
  }
  rownames(rows) <- NULL
  rows
}

lung_terms <- c("age", "sex", "ph.ecog", "wt.loss")
cohort_terms <- c("arm", "age", "sex", "tumour_type", "femur", "lung_lesions", "heart_disease", "t_high", "n_high",
                  "radiotherapy", "ldh_high")
models <- list(
  lung = list(file = "lung", time = "time", event = "event", terms = lung_terms, horizons = c(180, 365)),
  lung_tied = list(file = "lung_tied", time = "time", event = "event", terms = lung_terms, horizons = c(6, 12)),
  veteran = list(file = "veteran", time = "time", event = "event",
                 terms = c("trt", "celltype", "karno", "diagtime", "age", "prior"), horizons = c(60, 180)),
  cohort_os = list(file = "cohort", time = "os_months", event = "os_event", terms = cohort_terms,
                   horizons = c(12, 36)),
  cohort_pfs = list(file = "cohort", time = "pfs_months", event = "pfs_event", terms = cohort_terms,
                    horizons = c(6, 12))
)

# Rows of a model with its outcome as columns t and d.
model_rows <- function(model, file = model$file) {
  rows <- read_model_rows(file)
  rows$t <- rows[[model$time]]
  rows$d <- rows[[model$event]]
  rows
}
model_formula <- function(terms) reformulate(terms, response = "Surv(t, d)")

# log(-log(1 - risk)) by step look-up of Efron's baseline: exact also where the risk rounds to 1.
predicted_cll <- function(fit, newdata, horizon) {
  base <- basehaz(fit, centered = FALSE)
  hazard <- max(c(0, base$hazard[base$time <= horizon]))
  unname(predict(fit, newdata = newdata, type = "lp", reference = "zero") + log(hazard))
}
risk_of <- function(cll) 1 - exp(-exp(cll))

# Survival at one time, or nothing where nobody is followed so far.
look_up <- function(curve, time) {
  if (time > max(curve$time)) list(surv = numeric(0)) else summary(curve, times = time)
}
