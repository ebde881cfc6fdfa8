.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help install run test check bench fuzz format catalog lock clean

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/.run: requirements.lock requirements-build.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what the relay needs into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock -r requirements-build.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	@echo "Installing what the tests and checks need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

install: $(VENV)/.run ## the project and its dependencies into .venv

run: $(VENV)/.run ## the relay: Telegram with a token, the playground without
	@$(BIN)/alert-relay run

test: $(VENV)/.dev ## all tests; TEST="..." adds options of pytest
	@$(BIN)/python -m pytest -n auto --dist worksteal $(TEST)

check: $(VENV)/.dev ## format, lint, types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

$(VENV)/.bench: $(VENV)/.dev requirements-bench.lock
	@test -x $(VENV)/beside/bin/python || $(PYTHON) -m venv $(VENV)/beside
	@$(VENV)/beside/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

bench: $(VENV)/.bench ## how long things take, measured here; ONLY="delivery" or a row's name, SMALL=1 in a minute, POSTGRES=1 the delivery on PostgreSQL
	@$(BIN)/python -m tests.bench $(if $(ONLY),--only $(ONLY)) $(if $(SMALL),--small) $(if $(POSTGRES),--postgresql)

$(VENV)/.fuzz: $(VENV)/.dev requirements-fuzz.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-fuzz.lock
	@touch $@

fuzz: $(VENV)/.fuzz ## search for texts that break reading; SECONDS=60 for how long
	@$(BIN)/python -m tests.fuzz -max_total_time=$(or $(SECONDS),60) -max_len=4096 -verbosity=0 -print_final_stats=1

format: $(VENV)/.dev ## rewrite the code in the project's style
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

catalog: $(VENV)/.dev ## rebuild the region catalog from tools/catalog_data
	@$(BIN)/python -m tools.build_catalog
	@$(BIN)/python -m tools.build_cities

lock: ## the newest versions that fit, with hashes (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 --group build -o requirements-build.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 -c requirements.lock --group dev -o requirements-dev.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 --group fuzz -o requirements-fuzz.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 --group bench -o requirements-bench.lock

clean: ## remove the environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .coverage
