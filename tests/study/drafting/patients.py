"""A table of eighty invented patients for the tests of drafts."""

import numpy as np
import pandas as pd


def patients(n=80) -> pd.DataFrame:
    """Return the table, every cell as text."""
    rng = np.random.default_rng(3)
    frame = {
        "Patient ID": [f"secret{i}" for i in range(n)],
        "Surname": [f"Doe{i}" for i in range(n)],
        "Treatment": rng.permutation(["1", "2"] * (n // 2)),
        "OS months": rng.exponential(20, n).round(2) + 0.01,
        "OS status": rng.choice(["dead", "alive"], n, p=[0.8, 0.2]),
        "age": rng.integers(40, 71, n),
        "ECOG": rng.choice(["0", "1", "2"], n),
        "smoker": rng.choice(["yes", "no"], n),
        "crp": rng.exponential(10, n).round(3),
        "site": rng.choice(["left_lung", "right_lung"], n),
        "response": rng.choice(["CR", "PR", "SD", "PD"], n),
        "remark": [f"canary text {i}" for i in range(n)],
        "empty": "",
        "nausea": rng.choice(["yes", "no"], n),
    }
    table = pd.DataFrame(frame).astype(str)
    table.index = range(1, n + 1)
    return table


LEVELS = {"Treatment": {"1": "Placebo", "2": "Aspirin"}}
LABELS = {"crp": "C-reactive protein (mg/l)", "age": "Age at entry (years)"}
