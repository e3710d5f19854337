# Cox models with Breslow's method for ties: tests/oracle/breslow.json
source("tests/oracle/models.R")

describe <- function(model) {
  fit <- coxph(model_formula(model$terms), data = model_rows(model), ties = "breslow", control = tight)
  list(coef = unname(coef(fit)), se = unname(sqrt(diag(vcov(fit)))), loglik = fit$loglik[2])
}

write_reference("breslow", list(models = lapply(models[c("lung", "lung_tied", "veteran")], describe)))
