# `make book` and `make test` need Python 3.11, make and git, and set up the rest themselves.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header

WHOLE = bench browser examples notebooks privacy site sweep

# uv compiles the locked packages on all cores; pip, three times slower, is there for machines whose index
# only pip knows. Hashes make both install the same files.
define install
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	  || { echo "Python 3.11 to 3.13 is needed; name it: make PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@begun=$$(date +%s); echo "Installing $(1) into .venv"; \
	  { $(BIN)/pip install --quiet --require-hashes -r requirements-uv.lock \
	    && $(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r $(1); } \
	  || $(BIN)/pip install --quiet --require-hashes -r $(1) || exit 1; \
	  $(BIN)/pip install --quiet --no-deps --no-build-isolation -e . || exit 1; \
	  echo "Environment ready after $$(( $$(date +%s) - begun )) s"
endef

.PHONY: help book pdf test unit browser snakemake serve cohort oracle bench lint format lock clean distclean
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

book: .venv/.runtime ## execute the notebooks and build the site, _build/html/index.html
	@$(BIN)/article build

pdf: .venv/.runtime browser ## the book, and all of it as one PDF: _build/html/book.pdf
	@$(BIN)/article build --pdf

# One process more than there are cores: each waits now and then for a kernel, a browser or a build.
test: .venv/.dev snakemake browser ## every test
	@$(BIN)/pytest --numprocesses $$(( $$(getconf _NPROCESSORS_ONLN) + 1 )) --dist loadfile

# Tests that execute no whole notebook and build no book of this size; three minutes.
unit: .venv/.dev ## the tests of single modules
	@$(BIN)/pytest --numprocesses auto --dist loadfile $(WHOLE:%=--ignore=tests/%)

# Chromium prints the PDF and runs the browser tests; a Debian machine that lacks it gets it where we may install.
browser:
	@command -v chromium chromium-browser google-chrome > /dev/null \
	  || { test "$$(id -u)" = 0 && command -v apt-get > /dev/null \
	    && echo "Installing Chromium" \
	    && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium > /dev/null; } \
	  || echo "No Chromium here: no PDF, and the browser tests are skipped; install the package chromium"

# Snakemake runs sweeps on clusters; nothing but the tests of that needs it, so they are skipped where it is not to be had.
snakemake: .venv/.dev
	@cmp -s requirements-snakemake.lock .venv/.snakemake \
	  || { echo "Installing requirements-snakemake.lock into .venv" \
	    && $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-snakemake.lock \
	    && cp requirements-snakemake.lock .venv/.snakemake; } \
	  || echo "Snakemake could not be installed: its tests are skipped"

serve: .venv/.runtime ## preview on http://127.0.0.1:8000, rebuilt on every change
	@$(BIN)/article serve

cohort: .venv/.dev ## write the reconstructed cohorts again, byte for byte the same
	@$(BIN)/python -m living_article.reconstruct

oracle: ## run the R oracles, if R is there, and show what differs from the committed values
	@command -v Rscript > /dev/null || { echo "Rscript is not installed; the committed values stand"; exit 1; }
	@for script in tests/oracle/datasets.R $(filter-out %/datasets.R %/models.R %/reference.R,$(wildcard tests/oracle/*.R)); \
	  do echo "$$script"; Rscript --vanilla $$script || exit 1; done
	@$(PYTHON) tests/oracle/differences.py

bench: .venv/.dev ## time the statistics against lifelines and, if it is there, R: _build/bench/report.md
	@$(BIN)/python -m bench

lint: .venv/.dev ## check style, format and types
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

format: .venv/.dev ## repair style and format where that can be done by rule
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

lock: .venv/.dev ## resolve the dependencies again: locks and environment.yml
	@$(COMPILE) pyproject.toml -o requirements.lock
	@$(COMPILE) pyproject.toml --extra dev -c requirements.lock -o requirements-dev.lock
	@sed -n '/^snakemake = /,/^]/s/^ *"\([^"]*\)".*/\1/p' pyproject.toml \
	  | $(COMPILE) - -c requirements-dev.lock -o requirements-snakemake.lock
	@echo uv | $(COMPILE) - -o requirements-uv.lock
	@$(BIN)/python -m living_article.run.environment

clean: ## remove everything generated, except the environment
	@rm -rf _build .pytest_cache .ruff_cache .mypy_cache .hypothesis

distclean: clean ## remove the environment too
	@rm -rf .venv src/*.egg-info

.venv/.runtime: requirements.lock requirements-uv.lock pyproject.toml
	$(call install,requirements.lock)
	@touch $@

# The development lock contains the other one, so it satisfies both.
.venv/.dev: requirements-dev.lock requirements-uv.lock pyproject.toml
	$(call install,requirements-dev.lock)
	@touch .venv/.runtime $@
