"""A small invented trial, in which tests of the patient table spoil one cell at a time."""

from __future__ import annotations

STUDY = """\
schema: 1
id: small
title: A small trial
population: invented patients
provenance: {kind: simulated, badge: Invented}
table: patients.csv
patient: id
arms: {column: arm, reference: old, levels: {new: {label: New}, old: {label: Old}}}
endpoints:
  pfs: {label: PFS, short: PFS, time: pt, event: pe, unit: months, event_label: progression, date: grew, within: os}
  os: {label: OS, short: OS, time: ot, event: oe, unit: months, event_label: death, date: died}
primary: os
horizons: [12]
"""
"""The study file as far as dates and covariates, which each test file adds."""
OUTCOMES = {
    "id": ["k1", "k2", "k3", "k4"],
    "arm": ["new", "old", "new", "old"],
    "begun": ["2020-01-01"] * 4,
    "grew": ["2020-06-01", "", "", "2020-03-01"],
    "died": ["2021-01-01", "2020-12-31", "", ""],
    "seen": ["2021-01-01", "2020-12-31", "2021-01-01", "2021-01-01"],
    "pt": ["5", "12", "9", "2"],
    "pe": ["1", "1", "0", "1"],
    "ot": ["12", "12", "12", "12"],
    "oe": ["1", "1", "0", "0"],
    "age": ["50", "", "61.5", "18"],
}
"""The columns of its table that every test file needs, as text; rows 1 to 4 are good."""
