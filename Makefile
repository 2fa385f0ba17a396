# make demo: the five reports of the tests, into out/     make test: everything a change must pass
# make test-all: the same with a browser, with the oldest Python that is supported, and on a Spark cluster

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
READY := $(VENV)/.ready

.PHONY: demo test test-all lint types tests docs format browser oldest test-spark clean

# what a user installs; then what a change is tested with
$(INSTALLED): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "jfextract needs Python 3.10 or newer; try make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(READY): $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

demo: $(INSTALLED)
	$(BIN)/jfextract extract tests/fixtures/reports --metadata tests/fixtures/reports.csv -o out --overwrite

test: lint types tests docs

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(READY)
	$(BIN)/mypy

tests: $(READY)
	$(BIN)/pytest --cov --cov-report=term -m 'not browser and not spark'

docs: $(READY)
	$(BIN)/mkdocs build --strict --quiet --site-dir site

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test-all: test browser oldest test-spark

browser: $(READY)
	scripts/install_browser.sh
	$(BIN)/pytest -m browser tests/output

oldest: $(READY)
	scripts/test_oldest_python.sh

test-spark:
	scripts/test_spark.sh

clean:
	rm -rf $(VENV) .venv-oldest .venv-spark .venv-bench out site
