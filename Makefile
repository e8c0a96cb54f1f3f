# Everything a fresh machine needs is Python 3.11 or newer, and make. `make` alone lists what there is.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := $(CURDIR)/.demo
SAMLOP := $(BIN)/samlop --config "$(DEMO)/config.toml"
ARGS ?=

PO := $(wildcard model/locale/*/LC_MESSAGES/*.po)
MO := $(PO:.po=.mo)
SETUP := $(READY) $(MO)

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint format types contract translations docs guides picture check bench faults audit lock clean

help: ## what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

setup: $(SETUP) ## the environment in .venv, and the compiled catalogues

demo: $(SETUP) .demo/.made ## the screen on a synthetic county (without a terminal: the day's summary)
	@$(SAMLOP)

test: $(SETUP) ## the tests; one of them: make test ARGS=tests/model/test_text.py
	@$(BIN)/pytest -q -n auto $(ARGS)

lint: $(SETUP) ## ruff
	@$(BIN)/ruff check --quiet .

format: $(SETUP) ## ruff puts imports and layout in order
	@$(BIN)/ruff check --quiet --fix . && $(BIN)/ruff format --quiet .

types: $(SETUP) ## mypy, strict
	@$(BIN)/mypy --no-error-summary

contract: $(SETUP) ## the house's one direction
	@$(BIN)/lint-imports --no-logo

translations: $(SETUP) ## takes new texts into the catalogues, and says what is left to translate
	@$(BIN)/python -m scripts.translations update
	@$(BIN)/python -m scripts.translations check

docs: $(SETUP) ## makes the generated pages anew
	@$(BIN)/python -m scripts.docs

guides: $(SETUP) ## writes the answers in docs/lists.md and docs/meetings.md anew, when they have changed for the better
	@SAMLOP_RENEW_GUIDES=1 $(BIN)/pytest -q tests/contract/test_guides.py

picture: $(SETUP) ## draws docs/screen.svg anew, when the screen has changed for the better
	@SAMLOP_RENEW_PICTURE=1 $(BIN)/pytest -q tests/tui/test_picture.py

check: lint types contract test ## all that must hold before a commit
	@$(BIN)/python -m scripts.translations check
	@$(BIN)/python -m scripts.docs --check

bench: $(SETUP) ## the measures, with their ratios
	@$(BIN)/python -m benchmarks $(ARGS)

faults: $(SETUP) ## kills, full disks, flipped bytes: the long tests
	@$(BIN)/pytest -q -m slow tests/faults $(ARGS)

audit: $(SETUP) ## known weaknesses in what we depend on (asks the network)
	@$(BIN)/pip-audit --requirement requirements.lock --require-hashes --disable-pip

# Resolved by the oldest Python there is support for: what the newer ones need is a part of it.
# Nothing of this machine's package settings goes into the file.
lock: $(READY) ## requirements.lock anew, from pyproject.toml
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
		|| { echo "make lock: the lock is made with Python 3.11; run it with PYTHON=python3.11 VENV=.venv311."; exit 1; }
	@PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= PIP_EXTRA_INDEX_URL= $(BIN)/pip-compile --quiet --upgrade --generate-hashes \
		--allow-unsafe --strip-extras --no-header --no-annotate --no-emit-options --no-emit-index-url \
		--no-emit-find-links --no-emit-trusted-host --extra dev --output-file requirements.lock pyproject.toml

clean: ## takes away what was made, but for .venv
	@rm -rf .demo .bench build dist *.egg-info .coverage .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	@rm -rf .hypothesis snapshot_report.html $(MO)
	@find model commands tui tests scripts benchmarks -name __pycache__ -prune -exec rm -rf {} +

# The environment. The stamp is written last, so an interrupted set-up is begun again.
$(READY): requirements.lock pyproject.toml setup.py
	@test -n "$(PYTHON)" || { echo "Samløp needs Python 3.11 or newer: install it, or name it with make PYTHON=/path/to/python3." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Samløp needs Python 3.11 or newer, and $(PYTHON) is older: name another with make PYTHON=/path/to/python3." >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
		|| { echo "Python's venv module is missing: install it (on Debian and Ubuntu the package python3-venv)." >&2; exit 1; }
	@$(BIN)/python -c '' 2>/dev/null || { echo "Setting up $(VENV) (once; about a minute) …" >&2; $(PYTHON) -m venv --clear $(VENV); }
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

%.mo: %.po scripts/translations.py | $(READY)
	@$(BIN)/python -m scripts.translations compile

# The demo county, made once: `make clean` and `make demo` give a new one, with dates around the new day.
.demo/.made: | $(SETUP)
	@echo "Making a synthetic county in .demo (once) …" >&2
	@rm -rf .demo && mkdir -m 700 .demo
	@$(SAMLOP) --quiet --store "$(DEMO)/samlop.store" init --demo --size county --key-file "$(DEMO)/demo.key" </dev/null >/dev/null
	@touch $@
