# Marsad: the words of a contributor. Everything is installed in .venv at the root of the project.
#   make demo    set up, then read the bundled sample and write demo/page.html
#   make test    set up for development, then run the tests
#   make train DATA=FOLDER    train the reader of claims and entities anew (hours on two cores)
#   make lint type docs serve bench lock clean

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo test lint type docs serve bench train lock clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := $(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-annotate --no-header --quiet --python-version 3.11

help:
	@sed -n '1,5s/^# \{0,1\}//p' Makefile

# A stamp is newer than what it was made from, so a second call installs nothing.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Marsad needs Python 3.11 or later; name one with: make PYTHON=python3.11 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "No virtual environment could be made; on Debian and Ubuntu: apt install python3-venv" >&2; \
	    rm -rf $(VENV); exit 1; }

# What the package's build makes the workbench's scripts, styles and borders from
FRONTEND := scripts/assets.py $(wildcard frontend/*.*)

# A lock names all that is needed (--no-deps): there is nothing to work out
$(VENV)/run.stamp: requirements/run.txt pyproject.toml $(FRONTEND) | $(BIN)/python
	@echo "Installing what Marsad runs on into $(VENV) ..."
	@$(INSTALL) --require-hashes --no-deps -r requirements/run.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml $(FRONTEND) | $(BIN)/python
	@echo "Installing what tests and checks need into $(VENV) ..."
	@$(INSTALL) --require-hashes --no-deps -r requirements/dev.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/run.stamp

demo: $(VENV)/run.stamp
	@$(BIN)/marsad demo

# The tests of one file share what it has opened
test: $(VENV)/dev.stamp
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

lint: $(VENV)/dev.stamp
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@PYTHONPATH=src $(BIN)/lint-imports

type: $(VENV)/dev.stamp
	@$(BIN)/mypy
	@$(BIN)/python scripts/assets.py check

docs: $(VENV)/dev.stamp
	@$(BIN)/mkdocs build --strict --quiet
	@echo "The documents are in site/index.html"

serve: demo
	@$(BIN)/marsad serve --workspace demo/workspace

# The short ones. Those of the ledger take long: see benchmarks/README.md
bench: $(VENV)/dev.stamp
	@for name in startup gazetteer; do $(BIN)/python benchmarks/$$name.py || exit 1; done

# The options of the released weights. It goes on where it was cut off.
TRAINING := .venv-training
RUN ?= run
TRAIN = PYTHONPATH=src OMP_WAIT_POLICY=passive $(TRAINING)/bin/python -m

$(TRAINING)/train.stamp: training/requirements.txt
	@$(PYTHON) -m venv $(TRAINING)
	@$(TRAINING)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

train: $(VENV)/run.stamp $(TRAINING)/train.stamp
	@test -n "$(DATA)" || { echo "Name the folder of the corpora: make train DATA=FOLDER (see training/README.md)" >&2; exit 1; }
	@PYTHONPATH=src $(BIN)/python -m training.alike --data "$(DATA)" --out $(RUN)/alike
	@$(TRAIN) training.train --data $(RUN)/alike --out $(RUN) --epochs 4 --renamed 0.5 --extra-times 5 --entity-times 8
	@$(TRAIN) training.evaluate --data $(RUN)/alike --checkpoint $(RUN)/checkpoint.safetensors
	@$(TRAIN) training.frames --data $(RUN)/alike --checkpoint $(RUN)/checkpoint.safetensors --out $(RUN)/frames
	@$(TRAIN) training.export --checkpoint $(RUN)/checkpoint.safetensors \
		--frames $(RUN)/frames/checkpoint.safetensors --out src/marsad/models/weights
	@$(TRAIN) training.similarity --data $(RUN)/alike --weights src/marsad/models/weights
	@PYTHONPATH=src $(BIN)/python -m training.relations --data "$(DATA)" --weights src/marsad/models/weights

# New pins. Run it after a change of dependencies, and commit the files.
RUN_EXTRAS := --extra forecast --extra frames --extra models --extra reports --extra web
lock: $(VENV)/dev.stamp
	@$(LOCK) --upgrade pyproject.toml $(RUN_EXTRAS) requirements/run.in --output-file requirements/run.txt
	@$(LOCK) --upgrade pyproject.toml --all-extras requirements/dev.in --output-file requirements/dev.txt
	@$(LOCK) --upgrade requirements/validators.in --output-file requirements/validators.txt

clean:
	rm -rf $(VENV) $(TRAINING) demo site .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache frontend/node_modules src/marsad/web/assets
