# Two commands do everything on a fresh machine with Python 3.11+, pip and make:
#   make run    opens the workshop
#   make test   passes the tests
# Each makes its own .venv first; with another Python, as in `make test PYTHON=python3.13`, a .venv-3.13 beside it.
# On Windows, see README.md for the same in plain py/pip lines.

PYTHON ?= python3
ifeq ($(origin PYTHON),file)
VENV   := .venv
else
VENV   := .venv-$(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
endif
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# Where something forbids to keep byte code, each of some two hundred programs that the tests start would compile it all.
test: export PYTHONDONTWRITEBYTECODE =

.PHONY: run test hunt bench lint types check format pictures example sounds clean

run: $(VENV)/.installed
	@$(BIN)/sleutelworkshop

test: $(VENV)/.dev
	$(BIN)/pytest -n auto --dist worksteal

# The tests that hold for any input, with other examples than those of `make test`, and other ones each time.
hunt: $(VENV)/.dev
	HYPOTHESIS_PROFILE=hunt $(BIN)/pytest -n auto --dist worksteal tests/session tests/store tests/script tests/summary tests/test_dates.py tests/test_text.py

# Speed beside TinyDB, SQLite and Textual as they come, and a thousand kills: some minutes. `python -m benchmarks NAME` does one.
bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

check: test lint types

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The pictures of the real screens and documents in docs/ and README.md.
pictures: $(VENV)/.dev
	$(BIN)/python tools/make_pictures.py docs/beelden
	PYTHONPATH=tests/support $(BIN)/python tools/make_paper_pictures.py docs/beelden

# The finished example session, from the answers in tools/example.toml.
example: $(VENV)/.dev
	$(BIN)/python tools/make_example.py

# The sounds of the end of the time and of the last minute.
sounds: $(VENV)/.dev
	$(BIN)/python tools/make_sounds.py

clean:
	rm -rf .venv .venv-* build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis snapshot_report.html

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(PIP) -e .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	$(PIP) --upgrade 'pip>=25.1'  # the first that knows dependency groups
	$(PIP) -e . --group dev
	@touch $@ $(VENV)/.installed
