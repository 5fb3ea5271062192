# Everything sets itself up in .venv, in this folder; nothing here installs system packages.
#   make run      the whole thing on this machine, in a browser
#   make test     every suite; what is missing on this machine is skipped and counted in the last line
#   make quality  formatting, types, and the walls of the house
#   make bench    the promises of the design, measured, and ORA2's beside them (installs it into .venv-peers)
#   make build    the course as an Open edX archive, and the wheel
#   make pages    the pages of the manual that are made of the course
#   make messages the catalogues of our sentences, written anew from the sources and compiled

SHELL := /bin/bash
VENV  := .venv
BIN   := $(VENV)/bin
PIP   := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.DEFAULT_GOAL := run
.PHONY: run test quality bench build pages messages clean

run: $(VENV)/.run
	@$(BIN)/peer-xblocks run

test: $(VENV)/.dev
	@$(BIN)/python tests/run.py

quality: $(VENV)/.dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/pycodestyle peer_xblocks
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/peer-xblocks check
	@$(BIN)/python -m peer_xblocks.standalone.manage makemigrations --check --dry-run

bench: $(VENV)/.dev
	@for script in bench/[a-z]*.py; do echo "── $$script"; $(BIN)/python $$script || failed="$$failed $$script"; done; \
	if [ -n "$$failed" ]; then echo "A promise is not kept by:$$failed"; exit 1; fi

build: $(VENV)/.dev
	@$(BIN)/peer-xblocks build
	@$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

pages: $(VENV)/.dev
	@$(BIN)/peer-xblocks pages

messages: $(VENV)/.dev
	@$(BIN)/python -m peer_xblocks.standalone.manage peer_messages

clean:
	@rm -rf $(VENV) .venv-peers build dist *.egg-info

# The environment. PYTHON=… chooses another interpreter.
$(VENV)/bin/python:
	@python="$(PYTHON)"; \
	for candidate in $${python:-python3 python3.12 python3.11}; do \
	  if "$$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' 2>/dev/null; then found="$$candidate"; break; fi; \
	done; \
	if [ -z "$$found" ]; then echo "peer-xblocks needs Python 3.11 or 3.12. None was found; name one with: make PYTHON=/path/to/python3.12"; exit 1; fi; \
	echo "Making an environment in $(VENV) with $$("$$found" --version) …"; \
	"$$found" -m venv $(VENV) || { rm -rf $(VENV); echo "This Python cannot make environments. On Debian its package python3-venv is missing."; exit 1; }

$(VENV)/.run: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Installing peer-xblocks and what it needs (about a minute the first time) …"
	@$(PIP) -e '.[standalone]'
	@touch $@

# mysqlclient compiles against headers; where they are missing, PyMySQL speaks to MariaDB in its place.
$(VENV)/.dev: $(VENV)/.run
	@echo "Installing what tests and checks need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip>=25.1'
	@$(PIP) --group dev
	@if pkg-config --exists libmariadb 2>/dev/null || pkg-config --exists mysqlclient 2>/dev/null; then $(PIP) mysqlclient || true; fi
	@$(BIN)/python tests/browser/chromium.py || true
	@touch $@
