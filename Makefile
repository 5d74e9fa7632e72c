# Needs python3 (3.11+, with venv and pip) and make; everything else goes into .venv from the lock files.
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test test-heavy test-kill check bench bench-compare pictures clean lock

demo: .venv/ready
	$(BIN)/broadsheet demo

# Two at once: the suite takes two thirds of the time.
test: .venv/ready-dev
	$(BIN)/pytest -n 2

test-heavy: .venv/ready-dev
	$(BIN)/pytest -m heavy -n 2 --dist loadfile --timeout 1200

# The whole of the kill tests, 200 random moments and more: some 20 minutes.
test-kill: .venv/ready-dev
	KILLS=200 $(BIN)/pytest -m heavy --timeout 7200 tests/test_kill_moments.py tests/test_kill.py tests/test_warehouse_files.py

check: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint sql --disable-progress-bar
	$(BIN)/pytest -n 2

bench: .venv/ready-dev
	$(BIN)/python -m benchmarks --write

bench-compare: .venv/ready-dev
	$(BIN)/python -m benchmarks --compare

# The pictures in docs/, from the Prefect UI of `broadsheet up --demo`; needs /usr/bin/chromium.
pictures: .venv/ready-dev
	BROADSHEET_PICTURES=docs/pictures $(BIN)/pytest -m heavy --timeout 900 tests/test_run_page.py

clean:
	rm -rf .venv demo-data dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# Rewrites the lock files; needs uv. No registry address gets into them.
lock:
	uv pip compile -q pyproject.toml --group build --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header -o requirements/run.lock
	uv pip compile -q pyproject.toml --group build --extra server -c requirements/run.lock --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header -o requirements/server.lock
	uv pip compile -q pyproject.toml --group build --group dev --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header -o requirements/dev.lock

# --no-deps: the lock is complete, and old pips refuse hashed extras that name no version of their own.
.venv/ready: requirements/run.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Broadsheet needs Python 3.11 or newer; name one: make PYTHON=python3.11 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --no-deps --require-hashes -r requirements/run.lock
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	touch $@

.venv/ready-dev: .venv/ready requirements/dev.lock
	$(BIN)/python -m pip install -q --no-deps --require-hashes -r requirements/dev.lock
	touch $@
