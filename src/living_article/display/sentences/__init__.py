"""Sentences whose words follow from the records, one module a section."""
