# The commands of this project; everything they write is under var/.
PYTHON ?= python3
VENV := var/venv
BIN := $(VENV)/bin
POSTGRES ?= postgres://postgres@127.0.0.1:5432/postgres
REDIS ?= redis://127.0.0.1:6379/9
PUBLIC_PORT ?= 8000
CASEWORK_PORT ?= 8001
PORTS := PUBLIC_PORT=$(PUBLIC_PORT) CASEWORK_PORT=$(CASEWORK_PORT)
DEMO := EXPOR_DEMO=true EXPOR_SITE_URL=http://localhost:$(PUBLIC_PORT) $(PORTS) $(BIN)/python site/manage.py
PYTEST := $(BIN)/python -m pytest
CASEWORK := --ds=tests.settings.casework
SPREAD := -n 3  # for two processors: many tests wait for browsers and servers
# Compiled code is kept, beside all else that is written: tests and demo start many processes.
export PYTHONPYCACHEPREFIX := $(CURDIR)/var/pycache
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo demo-reset demo-code test test-browser test-postgres test-long check format messages pictures bench lock

demo: $(VENV)/.core  ## run the demonstration, both zones of it
	@$(DEMO) demo

demo-reset:  ## forget the demonstration's data and begin anew
	@rm -rf var/public.sqlite3* var/casework.sqlite3* var/post var/media var/keys
	@$(MAKE) --no-print-directory demo

demo-code: $(VENV)/.core  ## the code that the demo's second factor asks for now
	@$(DEMO) demo_code

test: $(VENV)/.dev  ## all suites of both zones, on SQLite; walks in a real browser too, where a Chromium is found
	$(PYTEST) $(SPREAD) -m "not long" tests
	$(PYTEST) $(CASEWORK) $(SPREAD) -m "not long" tests

test-browser: $(VENV)/.dev  ## only the walks in a real Chromium
	$(PYTEST) -m "browser and not long" tests/browser

# The tests between the zones start processes on both databases themselves: once is enough.
test-postgres: $(VENV)/.dev  ## the same suites on PostgreSQL and Redis
	EXPOR_DATABASE_URL=$(POSTGRES) EXPOR_REDIS_URL=$(REDIS) $(PYTEST) $(SPREAD) -m "not long and not browser" tests
	EXPOR_DATABASE_URL=$(POSTGRES) EXPOR_REDIS_URL=$(REDIS) $(PYTEST) $(CASEWORK) $(SPREAD) -m "not long and not browser" --ignore=tests/zones tests

test-long: $(VENV)/.dev  ## the long figures of races, bad input and accessibility
	$(PYTEST) $(SPREAD) -m long tests
	$(PYTEST) $(CASEWORK) $(SPREAD) -m long tests

check: $(VENV)/.dev  ## format, lint, types, import order, templates, translations, migrations, deploy checks
	$(BIN)/python tests/check.py

format: $(VENV)/.dev  ## put code and templates into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix -q .
	git ls-files '*.html' | xargs $(BIN)/djade --target-version 5.2 || true

messages: $(VENV)/.dev  ## collect the texts to translate, and compile the translation
	$(BIN)/python tests/messages.py

pictures: $(VENV)/.dev  ## take the pictures of README and docs anew
	$(BIN)/python -m tests.pictures

bench: $(VENV)/.dev  ## the benchmarks, as ratios within one run
	$(BIN)/python -m tests.bench

lock:  ## compile the locked requirements from pyproject.toml
	uv pip compile pyproject.toml --extra production --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -q -o requirements.txt
	uv pip compile pyproject.toml --extra production --extra dev --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -q -o requirements-dev.txt

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: requirements.txt | $(BIN)/python
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(BIN)/python
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.core
