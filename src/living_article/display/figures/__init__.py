"""Figures: one module a section."""
