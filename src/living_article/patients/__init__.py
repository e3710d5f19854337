"""The patient table: read from a file, checked against the study file, and made the validated cohort."""
