# Rubin's rules by the package mitools: variances and the degrees of freedom for infinite complete data.
# (Its degrees of freedom for finite complete data leave out the factor 1 + 1/m, unlike Barnard and Rubin, 1999.)
suppressMessages(library(mitools))
coef <- list(c(0.5, -0.2, 0.1), c(0.6, -0.1, 0.15), c(0.45, -0.3, 0.05), c(0.55, -0.22, 0.2))
covariance <- lapply(1:4, function(i) {
  s <- diag(c(0.04, 0.02, 0.03)) * (1 + i / 20)
  s[1, 2] <- s[2, 1] <- 0.005
  s
})
pooled <- MIcombine(coef, covariance)
found <- list(coef = coef, covariance = covariance, pooled = pooled$coefficients, variance = pooled$variance, df = pooled$df)
writeLines(jsonlite::toJSON(found, digits = 15, pretty = TRUE), "tests/oracle/pooling.json")
