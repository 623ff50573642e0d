# Everything a person does with this repository. `make run` needs Python 3.11 to 3.13 and no more.

PYTHON ?= python3
PORT ?= 8000
PROCESSES ?= auto
BIN := .venv/bin
CODE := pol tests migrations config.py wsgi.py
export PYTHONUNBUFFERED := 1

.PHONY: help run setup test check fmt lint coverage bench drill translate lock clean

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

run: .venv/run.done ## Create what is missing, serve on PORT, print the demo logins
	@$(BIN)/python -m compileall -q pol
	@POL_DEMO=1 POL_STYLE_PAGE=1 $(BIN)/flask serve --demo --port $(PORT)

setup: .venv/dev.done ## Install everything for running and testing

test: setup ## Run every test, on both engines and in a real browser
	$(BIN)/pytest -n $(PROCESSES) --maxprocesses 4 --dist worksteal

check: lint test ## Do what CI does

lint: setup ## Check format, rules, types, import contracts and templates
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet

fmt: setup ## Bring code into shape
	$(BIN)/ruff check --fix --exit-zero $(CODE)
	$(BIN)/ruff format $(CODE)

coverage: setup ## Run every test and show the branches that none reaches
	$(BIN)/pytest -n $(PROCESSES) --maxprocesses 4 --cov --cov-report=term

bench: setup .venv/deployed/run.done ## Measure pages and checkout beside a bare Flask application
	$(BIN)/python -m tests.bench

drill: setup ## Run the long fault tests before a release
	$(BIN)/pytest -n $(PROCESSES) --maxprocesses 4 --drill -o faulthandler_timeout=0

translate: setup ## Bring new sentences of the code into the catalogues, for translators to fill
	$(BABEL) extract -F pol/translations/babel.cfg -k "_l counted:1,1 Category:2" \
		--no-location --sort-output --omit-header -o .venv/messages.pot .
	$(BABEL) update -i .venv/messages.pot -d pol/translations --no-fuzzy-matching -w 100 \
		--ignore-pot-creation-date
	$(BABEL) compile -d pol/translations

BABEL := $(BIN)/python -m babel.messages.frontend --quiet

lock: setup ## Choose the newest versions again; needs uv
	cd requirements && uv pip compile --upgrade $(LOCK) -o run.txt run.in
	cd requirements && uv pip compile --upgrade $(LOCK) -c run.txt -o dev.txt dev.in

LOCK := --quiet --generate-hashes --universal --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --no-header

clean: ## Remove what tools left behind; data stays
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; \
	(3, 11) <= v <= (3, 13) or sys.exit("Python 3.11 to 3.13 is needed: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv

INSTALL := pip install --quiet --disable-pip-version-check --require-hashes -r

.venv/deployed/run.done: requirements/run.txt | .venv/bin/python
	$(BIN)/python -m venv .venv/deployed
	.venv/deployed/bin/$(INSTALL) $<
	@touch $@

.venv/%.done: requirements/%.txt | .venv/bin/python
	$(BIN)/$(INSTALL) $<
	@touch $@
