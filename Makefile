# What one does with a checkout. Needs make, Python 3.11 with venv, and nothing else that is installed by hand.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   ?= .venv
BIN    := $(VENV)/bin
ROOMS  := $(wildcard funds valuation dashboard migrations benchmarks tests)
# A file's tests stay together: what they share is made once. One more than there are processors, because tests wait
# for browsers and servers; more than four servers of each kind help nobody.
PROCESSORS   := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
SIDE_BY_SIDE := --numprocesses=$(shell expr $(PROCESSORS) + 1) --maxprocesses=4 --dist=loadfile
LOCK_FORM := --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
    --no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL := help
.PHONY: help demo test test-full lint bench faults screenshots lock clean
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

help:  ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 22

demo: $(VENV)/base.stamp  ## serve the sample city on this machine and print the address
	$(BIN)/fundtracker demo

test: $(VENV)/dev.stamp  ## every test on both databases and in Chromium, with small counts
	$(BIN)/python -m tests.chromium
	REQUIRE_PG=1 $(BIN)/python -m pytest $(SIDE_BY_SIDE)

test-full: $(VENV)/dev.stamp  ## the same with the large counts
	$(BIN)/python -m tests.chromium
	REQUIRE_PG=1 FUNDTRACKER_FULL=1 $(BIN)/python -m pytest $(SIDE_BY_SIDE)

lint: $(VENV)/dev.stamp  ## ruff and mypy
	$(BIN)/ruff check
	$(BIN)/mypy $(ROOMS)

bench: $(VENV)/dev.stamp  ## one table of ratios against the peers
	$(BIN)/python -m benchmarks

faults: $(VENV)/dev.stamp  ## what kills, fills, cuts or spoils, with the large counts and one table (SEED=… repeats it)
	REQUIRE_PG=1 FUNDTRACKER_FULL=1 $(BIN)/python -m pytest -m faults --numprocesses=2 --dist=loadfile \
	    --no-loadscope-reorder

screenshots: $(VENV)/dev.stamp  ## the pages in both sizes and both lights
	$(BIN)/python -m tests.chromium
	$(BIN)/python -m tests.browser.screenshots

lock: pyproject.toml  ## renew the lock files (needs uv; LOCK=--upgrade for newer versions)
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile $(LOCK) $(LOCK_FORM) \
	    --extra postgres --extra report --group dev --output-file requirements-dev.lock pyproject.toml
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile $(LOCK_FORM) --constraint requirements-dev.lock \
	    --group build --output-file requirements.lock pyproject.toml

clean:  ## the environment and everything that tools left behind
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .coverage.* htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The development lock holds all of the base lock at the same versions, so both may live in one environment.
$(VENV)/base.stamp: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "No Python found. Name one: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "$(PYTHON) is older than 3.11. Name another: make PYTHON=/path/to/python3.11"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/base.stamp requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
