# Writes the rows every oracle uses to tests/oracle/data/*.csv, so that R and Python read the same numbers.
# Rscript tests/oracle/datasets.R
source("tests/oracle/reference.R")

write_dataset <- function(rows, name) {
  write.csv(rows, dataset_file(name), row.names = FALSE, na = "", quote = FALSE)
}

# R's lung: status 1 = censored, 2 = dead. `event` is the 0/1 form; no other column is changed.
lung_rows <- survival::lung
lung_rows$event <- as.integer(lung_rows$status == 2)
write_dataset(lung_rows, "lung")

# The same patients with time rounded up to whole months: 228 patients on 34 distinct times, heavily tied.
tied <- lung_rows
tied$time <- ceiling(tied$time / 30.4375)
write_dataset(tied, "lung_tied")

# Veterans' lung cancer trial: status 1 = dead.
veteran_rows <- survival::veteran
veteran_rows$event <- veteran_rows$status
write_dataset(veteran_rows, "veteran")

# The shipped cohorts, as they are now.
for (name in c("cohort", "external")) {
  shipped <- file.path("data", paste0(name, ".csv"))
  if (file.exists(shipped)) invisible(file.copy(shipped, dataset_file(name), overwrite = TRUE))
}
