"""Draft a study file from a patient table whose columns nobody has described yet."""
