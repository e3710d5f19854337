"""The environment in which every notebook is executed and every site is built, so that two runs give the same bytes."""

EPOCH = "1735689600"  # 2025-01-01, just after the data cut-off; every generated file claims this time
FIXED_ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": EPOCH,
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OMP_NUM_THREADS": "1",  # threads change the order of sums, and with it the last digit
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TZ": "UTC",
    "COLUMNS": "100",
    "JUPYTER_PLATFORM_DIRS": "1",
}
