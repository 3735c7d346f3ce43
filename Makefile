# `make run` and `make test` need nothing but Python 3.11 or newer and the package registry.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ZENSICAL = $$(sed -n 's/^site = \["\(.*\)"\]/\1/p' pyproject.toml)
READY := $(VENV)/.ready

.PHONY: run test lint types accuracy benchmark fuzz docs site clean

run: $(VENV)/.installed
	$(BIN)/scriptlint check examples --exit-zero

test: $(READY)
	$(BIN)/pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/scriptlint test-rules

types: $(READY)
	$(BIN)/mypy

accuracy: $(READY)
	$(BIN)/scriptlint score benchmarks/accuracy/cn/labels
	$(BIN)/python benchmarks/accuracy/figures.py
	@if [ -f ../shared/accuracy/cn/labels.yaml ]; then $(BIN)/scriptlint score ../shared/accuracy/cn/labels.yaml; fi

benchmark: $(READY)
	$(BIN)/python benchmarks/cold_start.py
	$(BIN)/python benchmarks/speed.py

# make fuzz SECONDS=3600 KEEP=folder-for-what-crashes
SECONDS ?= 300
KEEP ?= build/fuzz
fuzz: $(READY)
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS) --keep $(KEEP)

# The pages that are made from the rule packs. A test fails when a rule has changed and they have not.
docs: $(VENV)/.installed
	$(BIN)/scriptlint rules --write-docs docs/rules

# docs/ as a site in build/site. Its tool has an environment of its own, since nothing else needs it.
site: docs
	$(PYTHON) -m venv $(VENV)-site
	$(VENV)-site/bin/pip install --quiet --disable-pip-version-check $(ZENSICAL)
	$(VENV)-site/bin/zensical build --config-file mkdocs.yml --clean

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(READY): $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) $(VENV)-site .mypy_cache .ruff_cache .pytest_cache .import_linter_cache dist build
