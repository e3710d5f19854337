"""The reconstruction of the cohort from the printed aggregates."""
