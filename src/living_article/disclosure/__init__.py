"""Disclosure control: what results on real patients may not tell of groups of few patients."""
