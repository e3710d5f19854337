# Times R on the rows that bench/measure.py wrote: Rscript bench/peers.R TASK FILE COLUMNS [ARGUMENTS]
# Prints one line "seconds <tab> name <tab> value" for each thing timed.
arguments <- commandArgs(TRUE)
columns <- strsplit(arguments[3], ",")[[1]]
values <- readBin(arguments[2], "double", file.info(arguments[2])$size / 8)
rows <- as.data.frame(matrix(values, ncol = length(columns), dimnames = list(NULL, columns)))
more <- as.numeric(arguments[-(1:3)])
suppressPackageStartupMessages(library(survival))

best <- function(name, work, times = 3) {
  taken <- sapply(seq_len(times), function(i) {
    capture.output(spent <- system.time(suppressWarnings(work())))
    spent[["elapsed"]]
  })
  cat("seconds", name, format(min(taken), digits = 15), sep = "\t")
  cat("\n")
}

# The first argument is the number of replicates, the others are the horizons.
validation <- function() {
  suppressPackageStartupMessages(library(rms))
  formula <- reformulate(setdiff(columns, c("time", "event")), "Surv(time, event)")
  replicates <- more[1]
  set.seed(1)
  fit_for <- function(u) cph(formula, rows, x = TRUE, y = TRUE, surv = TRUE, time.inc = u)
  first <- fit_for(more[2])
  best("validate", function() validate(first, B = replicates), times = 1)
  for (u in more[-1]) {
    fit <- fit_for(u)
    best(paste("calibrate", u), function() calibrate(fit, u = u, B = replicates), times = 1)
  }
}

switch(arguments[1],
  cox = best("coxph", function() coxph(Surv(time, event) ~ ., rows)),
  kaplan_meier = best("survfit", function() survfit(Surv(time, event) ~ 1, rows)),
  validation = validation(),
  stop("unknown task"))
