"""Pages: executed notebooks and prose → staged book → site and PDF. Knows nothing of statistics; draws nothing."""
