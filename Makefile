# The commands of the house. Each sets up what it needs in .venv, from hashed requirement files, and is quick when nothing changed.
#
#   make demo PYTHON=python3.13    another interpreter (3.11 or newer)
#   make demo DEMO_SERVE=0         print the page and stop, without the site
#   make demo PORT=8011            the site on another port

.DEFAULT_GOAL := help
.SUFFIXES:

VENV ?= .venv
PORT ?= 8000
DEMO_SERVE ?= 1
BIN := $(VENV)/bin
SET_UP = @PYTHON='$(PYTHON)' VENV='$(VENV)' sh requirements/install.sh
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url

.PHONY: help
help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-17s %s\n", $$1, $$2}' Makefile

.PHONY: demo
demo: ## load the packaged sample trials, print the page of one, then serve the site
	$(SET_UP) run
	@$(BIN)/trialfit demo $(if $(filter 0,$(DEMO_SERVE)),--no-serve,--serve --port $(PORT))

.PHONY: serve
serve: ## serve the site of your own store
	$(SET_UP) run
	@$(BIN)/trialfit serve --port $(PORT)

.PHONY: test
test: check ## the gate: the same as `make check`

.PHONY: check
check: lint ## the gate: format, lint, types, import contracts, every test, coverage
	@echo '== tests'
	@$(BIN)/pytest -n auto --dist loadgroup -q --cov --cov-report=

.PHONY: lint
lint: ## the part of the gate that runs no test
	$(SET_UP) dev
	@echo '== format'
	@$(BIN)/ruff format --check --quiet . || { $(BIN)/ruff format --diff --quiet .; echo 'error: run `make format`' >&2; exit 1; }
	@echo '== lint'
	@$(BIN)/ruff check .
	@echo '== types'
	@$(BIN)/mypy src/trialfit docs
	@echo '== import contracts'
	@$(BIN)/lint-imports --no-logo

.PHONY: format
format: ## write the code in the one format, and mend what the linter can
	$(SET_UP) dev
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

.PHONY: docs
docs: ## write docs/reference from the code, then run every command and fence of the documentation
	$(SET_UP) dev
	@$(BIN)/python -m docs.generate
	@$(BIN)/pytest -q tests/docs

.PHONY: bench
bench: ## measure loading, pages and growth on this machine
	$(SET_UP) dev
	@$(BIN)/python -m bench

.PHONY: bench-eligibility
bench-eligibility: ## measure what is understood of eligibility text, and how fast (ARGS: options of bench.eligibility)
	$(SET_UP) dev
	@$(BIN)/python -m bench.eligibility $(ARGS)

.PHONY: bench-cohort
bench-cohort: ## hold a trial against 10,000 people on Python, DuckDB and Spark: speed, and the same answers (ARGS: its options)
	$(SET_UP) dev
	@$(BIN)/python bench/cohort.py $(ARGS)

.PHONY: lock
lock: ## choose newer releases of what TrialFit depends on, with their hashes
	$(SET_UP) lock
	$(COMPILE) --upgrade requirements/lock.in -o requirements/lock.txt
	$(COMPILE) --upgrade pyproject.toml requirements/build.in -o requirements/run.txt
	$(COMPILE) --upgrade pyproject.toml requirements/build.in requirements/dev.in -c requirements/run.txt -o requirements/dev.txt
	$(COMPILE) --upgrade requirements/spark.in -c requirements/dev.txt -o requirements/spark.txt

.PHONY: clean
clean: ## remove the local environment and everything that was made here
	rm -rf '$(VENV)' build dist .cache .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
