# Shared by every oracle script: where the rows come from and how reference values are written.
# Run a script from the repository root: Rscript tests/oracle/<topic>.R
suppressPackageStartupMessages({
  library(survival)
  library(jsonlite)
})
options(survfit.print.rmean = FALSE, digits = 17)

oracle_folder <- "tests/oracle"
dataset_file <- function(name) file.path(oracle_folder, "data", paste0(name, ".csv"))

# The rows that the Python tests read; blank cells are NA.
read_dataset <- function(name) {
  read.csv(dataset_file(name), na.strings = "", stringsAsFactors = FALSE)
}

dataset_exists <- function(name) file.exists(dataset_file(name))

# One JSON file per topic, 15 significant digits (the most that toJSON gives); tests compare to 1e-8.
# NA, NaN and infinite values become null.
write_reference <- function(name, values) {
  values$made_with <- list(R = as.character(getRversion()),
                           survival = as.character(packageVersion("survival")))
  text <- toJSON(values, auto_unbox = TRUE, digits = I(15), na = "null", null = "null", pretty = TRUE)
  writeLines(text, file.path(oracle_folder, paste0(name, ".json")))
}
