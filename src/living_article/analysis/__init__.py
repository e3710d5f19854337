"""The analyses of a study: its covariates as the data of a model, and what several sections record alike."""
