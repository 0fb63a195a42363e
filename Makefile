# The commands that matter: `make toolkit`, `make serve` (the page in the browser) and `make test`. Each sets up what it needs first.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: toolkit serve test check format bench fuzz setup clean

toolkit: setup
	$(BIN)/toolkit-builder build

serve: setup
	$(BIN)/toolkit-builder serve

test: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench]'
	$(BIN)/python -m tests.bench

fuzz: setup
	$(BIN)/python -m tests.fuzz --seconds 600
	$(BIN)/python -m tests.fuzz.frameworks --examples 300
	$(BIN)/python -m tests.fuzz.edits --edits 100

setup: .venv/.ready

# Made again when the list of dependencies changes.
.venv/.ready: pyproject.toml .ci/system-packages
	.ci/system-packages
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

clean:
	rm -rf .venv output/*.pdf output/manifest.json
