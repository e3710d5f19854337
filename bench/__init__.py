"""Benchmarks, each against a peer in the same run: ``python -m bench`` (``make bench``)."""

import os

for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR"):  # one core, for the peers too: read when NumPy is loaded
    os.environ[f"{name}_NUM_THREADS"] = "1"
