# A dozen verbs. `make help` lists them. Everything lands in .venv, node_modules and var; `make clean` takes it away.
SHELL := /bin/bash
PY := .venv/bin/python
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PYTHONPATH := $(CURDIR)/src
export LC_ALL := C.UTF-8
PORT ?= 8000

.PHONY: help setup demo test test-fast test-coverage check fix bench chaos coverage-of-spec docs clean
.DEFAULT_GOAL := help

help: ## list the verbs
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

setup: var/.setup-dev ## install what developing and testing need

var/.setup-run: requirements/base.txt requirements/uv.txt package-lock.json tools/setup
	@tools/setup run

var/.setup-dev: requirements/dev.txt requirements/uv.txt package-lock.json tools/setup
	@tools/setup dev

demo: var/.setup-run ## the whole platform with content, on http://127.0.0.1:$(PORT), until Ctrl-C
	@PORT=$(PORT) DATA=$(DATA) $(PY) -m sala.cli demo

check: var/.setup-dev ## format, lint, types, import contracts, shape tests, size table
	ruff format --check src tests
	ruff check src tests
	lint-imports --no-logo 2>/dev/null || lint-imports
	mypy
	pytest -q tests/shape

# loadgroup, not worksteal: tests that share a whole site or a world must stay on one worker (tests/conftest.py groups
# them by what they share), and only loadgroup keeps groups; all others go one by one to whichever worker is free.
WORKERS ?= 2
SPREAD := -n $(WORKERS) --dist loadgroup --durations=15

test: check ## every test, a real browser included
	pytest -q $(SPREAD) --ignore=tests/shape tests

test-fast: var/.setup-dev ## a first answer: no browser, no whole site, no engine that nothing changed since it was green
	$(PY) tools/test_fast.py $(SPREAD)

test-coverage: var/.setup-dev ## which lines of rules and actions no test reaches (twice as slow, so not part of test)
	pytest -q $(SPREAD) -m "not browser and not slow" --cov --cov-config=pyproject.toml --cov-report= tests
	$(PY) tools/coverage_of_rules.py

fix: var/.setup-dev ## put format and simple lint right
	ruff format src tests
	ruff check --fix src tests

bench: var/.setup-dev ## print every figure we claim, beside its peer, in one run
	$(PY) -m tests.bench

chaos: var/.setup-dev ## kill every process during a load of filings; nothing answered may be lost
	$(PY) tests/bench/chaos.py

coverage-of-spec: var/.setup-dev ## requirement id -> tests -> result
	$(PY) tools/coverage_of_spec.py

docs: var/.setup-dev ## write the pages of docs that are made from the code
	$(PY) tools/docs.py

clean: ## take away what the verbs made (the demo's database too)
	-@$(PY) -m sala.cli stop-database 2>/dev/null
	rm -rf .venv node_modules var build static-build .*_cache .hypothesis src/*.egg-info
	find src tests tools -name __pycache__ -prune -exec rm -rf {} + -o -name '*.mo' -exec rm -f {} +
