"""Running: parameters → executed notebooks → staged pages → site. Knows nothing of statistics or figures."""
