# Two commands on a fresh machine: make demo, make test. Needs Python 3.11 or newer, make and git.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: bench demo test lint manual clean

demo: $(VENV)/core
	$(BIN)/drafter build
	@echo "报告在 out/ 里，用 Word 或 WPS 打开："
	@find out -name '*.docx' | sort

test: $(VENV)/test
	$(BIN)/python -m pytest -q

lint: $(VENV)/lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Runs every example of docs/手册.md and writes the results where they stand.
manual: $(VENV)/test
	$(BIN)/python -m pytest -q tests/test_manual.py --accept

$(VENV)/made:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || (echo "需要 Python 3.11 以上：make demo PYTHON=python3.11"; exit 1)
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/core: $(VENV)/made pyproject.toml
	$(BIN)/python -m pip install -q -e .
	@touch $@

$(VENV)/test: $(VENV)/made pyproject.toml
	$(BIN)/python -m pip install -q -e '.[all,test]'
	@touch $@

$(VENV)/lint: $(VENV)/made pyproject.toml
	$(BIN)/python -m pip install -q -e '.[all,test,lint]'
	@touch $@

# Cold start, loading facts, reading and formatting numbered text; a few minutes. Damaged and hostile .docx: benchmarks/docx_*.py.
bench: $(VENV)/test
	$(BIN)/python -m benchmarks.startup
	$(BIN)/python -m benchmarks.facts
	$(BIN)/python -m benchmarks.outline
	$(BIN)/python -m benchmarks.fmt

clean:
	rm -rf $(VENV)
