# The two commands of a fresh machine are `make brief` and `make test`; each sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2

.PHONY: help brief test test-full check bench pictures inbox fonts templates-page model quality clean
.DEFAULT_GOAL := help

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

brief: $(VENV)/.run ## Set up, brief the example articles
	$(BIN)/briefing make examples/articles --format pdf,html,json,md --output-dir out
	@echo "The pages are in out/: open out/*.pdf"

test: $(VENV)/.dev ## Run the tests, except the long ones
	$(BIN)/python -m pytest -n $(WORKERS) -m "not long"

test-full: $(VENV)/.dev build/llm/.made ## Run the long tests
	$(BIN)/python -m pytest -n $(WORKERS) -m long

check: $(VENV)/.dev ## Lint, types, the direction of imports, and the files at the root
	scripts/check-root
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev ## Measure speed as ratios
	$(BIN)/python benchmarks/speed.py

pictures: $(VENV)/.dev ## Renew the pictures of the README and of the tests
	$(BIN)/python scripts/pictures
	$(BIN)/python -m tests.rendering.test_design

inbox: $(VENV)/.dev ## Renew the mail, PDF and Word file of examples/inbox
	$(BIN)/python scripts/inbox

fonts: $(VENV)/.dev ## Renew the fonts of HTML pages
	$(BIN)/python scripts/fonts

templates-page: $(VENV)/.dev ## Renew docs/templates.md from the code
	$(BIN)/python scripts/templates-page

model: ## Train the model of points and events anew, in about an hour on two cores: make model DATA=../shared/data
	PYTHON="$(PYTHON)" scripts/set-up build/train requirements/train.txt
	OMP_NUM_THREADS=1 build/train/bin/python -m training.model $(DATA)/open_gold.jsonl --unseen $(wildcard $(DATA)/../gold/dev.jsonl)

quality: $(VENV)/.dev ## Measure extraction on our own gold articles
	$(BIN)/python -m pytest -n $(WORKERS) tests/quality -rA

$(VENV)/.run: requirements/run.txt pyproject.toml scripts/set-up
	PYTHON="$(PYTHON)" scripts/set-up $(VENV) requirements/run.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml scripts/set-up
	PYTHON="$(PYTHON)" scripts/set-up $(VENV) requirements/dev.txt
	@touch $@ $(VENV)/.run

build/llm/.made: requirements/llm-server.txt scripts/language-model
	PYTHON="$(PYTHON)" scripts/language-model build/llm requirements/llm-server.txt
	@test ! -d build/llm || touch $@

clean: ## Remove what was set up and made
	rm -rf $(VENV) out build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
