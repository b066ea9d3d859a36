# Two commands: `make run` serves the demo, `make test` runs every check and test.
# The rest: `make lock` renews the hashed locks, `make bench` measures, `make attack` runs every fault and attack with its control, the tests that take long and all pages on PostgreSQL, then kills, holds, guesses, crawls and attacks 200 invented waves with their packs (an hour), `make tour` redraws the README's pictures.

PYTHON ?= python3
BIN := .venv/bin
# What `make attack` prints beside its tests; the last takes as long as all others.
FAULTS := twice killed held exit_time guesses hostile attack

# Where a machine forbids Python to keep what it compiled, each of some hundred processes would compile all of it anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test checks attack bench tour lock translations clean

run: .venv/ready
	@$(BIN)/engage run --demo

test: .venv/tested checks
	@$(BIN)/pytest -n 2 --dist loadgroup
	@echo "On a real PostgreSQL, the fewest pages that ask it all that any page asks"
	@$(BIN)/pytest -n 2 tests/pages --database postgres --fewest

checks: .venv/tested
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint engage --lint --quiet

bench: .venv/tested
	@$(BIN)/python -m tests.bench

attack: .venv/tested
	@$(BIN)/python -m tests.proofs
	@$(BIN)/pytest -n 2 --dist loadgroup -m long
	@$(BIN)/pytest -n 2 tests/pages --database postgres
	@$(BIN)/python -m tests.bench $(FAULTS)

tour: .venv/tested
	@$(BIN)/python -m tests.tour

translations: .venv/tested
	@$(BIN)/python -m tests.translations

lock:
	@$(PYTHON) -m venv .venv-lock && .venv-lock/bin/pip install --quiet uv
	@.venv-lock/bin/uv pip compile pyproject.toml --extra build --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet --output-file requirements.lock
	@.venv-lock/bin/uv pip compile pyproject.toml --extra build --extra test --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet --constraint requirements.lock --output-file requirements-test.lock

.venv/bin/python:
	@$(PYTHON) -m venv .venv

.venv/ready: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Installing what Engage needs (once, about two minutes)"
# --no-deps: the lock names everything; left to resolve, pip takes a newer release of what is asked for with an extra, and stops
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/tested: requirements-test.lock .venv/ready
	@echo "Installing what the tests need (once)"
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements-test.lock
	@touch $@

clean:
	rm -rf .venv .venv-lock instance
