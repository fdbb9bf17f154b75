# `make run` and `make test` need Python 3.11+, make and a package index; they set everything else up under .venv.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
UV_VERSION = 0.13.9
BIN = .venv/bin
# A file's tests share what they need. In the order of their names: by their numbers of tests, the files with
# few and long ones would come last, and one core would wait for the other.
# One process more than cores, as many tests wait for other processes and for clocks.
TURNS = -n $(shell $(PYTHON) -c 'import os; print(1 + (os.cpu_count() or 1))') --dist loadfile --no-loadscope-reorder
export UV_LINK_MODE = copy
export PYTHONUTF8 = 1
# A command that finds no bytecode compiles its libraries again each time: five seconds instead of one.
export UV_COMPILE_BYTECODE = 1

.PHONY: run install test long lighthouse compiled check format messages lock vendor pin sbom crash fuzz clean help

help:
	@echo "make run    serve the record on http://$(HOST):$(PORT) (PORT=8123 picks another port)"
	@echo "make install  set up .venv to serve the record, without what only tests need"
	@echo "make test   run every check and every test"
	@echo "make long   all of make test, every page in every way, properties at random (some twenty minutes more)"
	@echo "make lighthouse  measure the main pages with Lighthouse (needs npm and Chromium); exit 1 below 100"
	@echo "make check  lint, types, floors and the shipped record"
	@echo "make format rewrite code and record files in their one layout"
	@echo "make messages  collect the words of pages into the catalogues, to be translated"
	@echo "make lock   resolve the dependencies again and write the lock files"
	@echo "make vendor fetch fonts and map outlines again and subset them (needs npm; its output is committed)"
	@echo "make crash  kill processes under load and look for what was acknowledged (ROUNDS=1000 SEED=1)"
	@echo "make fuzz   fuzz every parser of strangers' bytes (MINUTES=60)"
	@echo "make pin    find the digests of the base images and write them to .env (needs Docker and a registry)"
	@echo "make sbom   list the installed packages and their licences in build/sbom (CycloneDX)"

# Canonical links and feeds name this address: on another port they would lead to the wrong one.
run: export VARIORUM_BASE_URL ?= http://127.0.0.1:$(PORT)
run: .venv/.runtime
	$(BIN)/variorum load --keep
	exec $(BIN)/variorum serve --host $(HOST) --port $(PORT)

install: .venv/.runtime

test: check compiled
	$(BIN)/python -m pytest $(TURNS)

long: check compiled
	$(BIN)/python -m pytest $(TURNS) -m "long or not long" --hypothesis-profile random

lighthouse: .venv/.dev
	npm install --prefix tools/lighthouse --no-package-lock --no-audit --no-fund --loglevel=error
	$(BIN)/python -m tools.lighthouse

compiled: .venv/.dev
	$(BIN)/python -m compileall -q app

check: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/variorum check --strict

format: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/variorum format

messages: .venv/.dev
	$(BIN)/python -m tools.messages

lock: .venv/bin/uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --upgrade \
		pyproject.toml -o requirements.lock.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --extra dev \
		-c requirements.lock.txt pyproject.toml -o requirements-dev.lock.txt

vendor: .venv/bin/uv
	$(BIN)/uv run --quiet --no-project --with 'fonttools[woff]==4.68.0' tools/vendor_fonts.py
	$(BIN)/uv run --quiet --no-project --with 'fonttools[woff]==4.68.0' tools/vendor_card_fonts.py
	$(BIN)/uv run --quiet --no-project --with 'fonttools[woff]==4.68.0' tools/measure_letters.py
	$(BIN)/python tools/vendor_outlines.py

crash: ROUNDS ?= 1000
crash: SEED ?= 1
crash: .venv/.dev
	$(BIN)/python -m tools.crash $(ROUNDS) $(SEED)

fuzz: MINUTES ?= 60
fuzz: .venv/.dev
	$(BIN)/python -m tools.fuzz $(MINUTES)

pin:
	$(PYTHON) tools/pin_images.py

sbom: .venv/.dev
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python build/sbom/.venv
	$(BIN)/uv pip install --quiet --python build/sbom/.venv/bin/python --require-hashes -r requirements.lock.txt
	$(BIN)/python -m tools.sbom build/sbom/.venv build/sbom

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Variorum needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || \
		{ echo "Python's venv module is incomplete here; on Debian: apt-get install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/.runtime: requirements.lock.txt pyproject.toml .venv/bin/uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

.venv/.dev: requirements-dev.lock.txt .venv/.runtime
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock.txt
	@touch $@
