# Two commands do everything: `make run` and `make test`. Both make the virtual environment when it is missing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
LIBRARIES := .venv-libraries
# One retry: an index that cannot be reached costs seconds, not minutes.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --retries 1

.PHONY: run test test-long test-libraries check bench pictures clean

run: $(VENV)/app
	$(BIN)/streamlit run app.py --server.port $(PORT)

# worksteal: the browser tests follow each other in the list, so that one worker would get all of them.
test: $(VENV)/dev
	$(BIN)/python -m pytest -n 2 --dist worksteal --durations=10

# What takes minutes: injections through every path in Chromium, 100 hostile links per page and language, cut text at three widths,
# the worked example of CONTRIBUTING, the other cases of browser tests, and the mathematics with ten times as many examples.
test-long: $(VENV)/dev
	$(BIN)/python -m pytest -n 2 --dist worksteal -m long
	UNROLLED_EXAMPLES=300 $(BIN)/python -m pytest -n 2 --dist worksteal tests/rnn_core

# The code of other people's libraries that the app shows, each run in an environment of its own: half an hour the first time.
test-libraries: $(VENV)/dev $(LIBRARIES)/installed
	$(BIN)/python -m pytest -m libraries tests/ui/course/test_libraries.py

check: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/deno check --quiet --config ui/browser/deno.json ui/browser

bench: $(VENV)/dev
	$(BIN)/python -m benchmarks

pictures: $(VENV)/dev
	$(BIN)/python -m benchmarks pictures

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Unrolled needs Python 3.11 or later. Name one: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' || \
		{ echo "Python's venv module is missing. On Debian or Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# First torch alone, from PyTorch's page of CPU builds, and then the rest without that page: pip would ask it for every
# package, and where it cannot be reached that is a minute and a hundred warnings.
$(VENV)/app: requirements.txt | $(VENV)/bin/python
	@echo "Installing the packages of requirements.txt: this takes a few minutes, once."
	@$(PIP) --retries 0 --no-deps --no-index $$(grep -e '^--find-links' -e '^torch==' requirements.txt) 2>/dev/null || \
		echo "PyTorch's page of CPU builds cannot be reached: torch comes from the Python package registry instead."
	@grep -v '^--find-links' requirements.txt >$(VENV)/requirements.txt
	@$(PIP) -r $(VENV)/requirements.txt || \
		{ echo "The packages of requirements.txt could not be installed: is the Python package registry reachable?"; exit 1; }
	@touch $@

$(VENV)/dev: requirements-dev.txt requirements-cluster.txt $(VENV)/app
	@$(PIP) -r requirements-dev.txt || \
		{ echo "The packages of requirements-dev.txt could not be installed: is the Python package registry reachable?"; exit 1; }
	@touch $@

# Torch as above: alone, and from PyTorch's page of CPU builds where that can be reached.
$(LIBRARIES)/installed: requirements-libraries.txt requirements.txt | $(VENV)/bin/python
	$(PYTHON) -m venv $(LIBRARIES)
	@echo "Installing the packages of requirements-libraries.txt: two gigabytes, once."
	@$(LIBRARIES)/bin/python -m pip install --quiet --retries 0 --no-deps --no-index \
		$$(grep -e '^--find-links' -e '^torch==' requirements.txt) 2>/dev/null || true
	@$(LIBRARIES)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-libraries.txt
	@touch $@

clean:
	rm -rf $(VENV) $(LIBRARIES) static/vendor .pytest_cache .ruff_cache .mypy_cache .hypothesis
