"""Running: parameters → executed notebooks, and the commands around them. Knows nothing of statistics or figures."""
