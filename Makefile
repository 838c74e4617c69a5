# make alone lists the targets.
.DEFAULT_GOAL := help
.SUFFIXES:
.PHONY: help test-all run start test soak lint lock translations bench bench-pages bench-rendering bench-publishing bench-exports screenshots clean

PORT ?= 8000
MARKED ?= not slow
export PORT
PYTHON_IN = .venv/bin/python
HUIYIN = .venv/bin/huiyin
CATALOGUES = $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))
PIP = $(PYTHON_IN) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes
UV_COMPILE = .venv/bin/uv pip compile setup.cfg --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

run: $(HUIYIN) $(CATALOGUES) ## Prepare everything and serve a demonstration at http://127.0.0.1:8000 (PORT=… overrides)
	@$(HUIYIN) db upgrade
	@$(HUIYIN) demo load --if-empty
	@$(HUIYIN) demo sign-ins --base http://127.0.0.1:$(PORT)
	@exec $(HUIYIN) serve --demonstration

start: $(HUIYIN) $(CATALOGUES) ## Prepare everything and serve in earnest, without a demonstration
	@$(HUIYIN) db upgrade
	@exec $(HUIYIN) serve

test: .venv/installed-test $(CATALOGUES) ## Install what the tests need, then lint and run all but the slow ones
	@$(PYTHON_IN) tests/browser/chromium.py
	@$(MAKE) --no-print-directory lint
	$(PYTHON_IN) -m pytest -n 2 -m "$(MARKED)"

test-all: ## Lint and run all tests, the slow ones too, as CI does
	@$(MAKE) --no-print-directory test MARKED=

soak: .venv/installed-test ## Move points 100,000 times in any order and prove the books after each (an hour)
	$(PYTHON_IN) -m pytest -q tests/survey/rewards/soak.py

lint: .venv/installed-test ## Check style, types and the import rules
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache

lock: .venv/installed ## Renew the locked dependencies from setup.cfg
	$(PYTHON_IN) -m pip install --quiet --disable-pip-version-check uv
	$(UV_COMPILE) --upgrade -o requirements.lock
	$(UV_COMPILE) --upgrade --extra test -c requirements.lock -o requirements-test.lock

bench: .venv/installed-test $(CATALOGUES) ## Measure against a bare Flask in the same run (BENCH_LARGE=1: 10 million responses)
	@$(PYTHON_IN) -m bench

bench-pages: .venv/installed-test $(CATALOGUES) ## Time pages at SMALL and LARGE, folders of instances with the demonstration, beside DuckDB
	@$(PYTHON_IN) -m bench.pages $(SMALL) $(LARGE)

bench-rendering: .venv/installed-test $(CATALOGUES) ## Render sixty questions on five pages beside seven on one
	@$(PYTHON_IN) -m bench.rendering

bench-publishing: .venv/installed-test $(CATALOGUES) ## Publish sixty questions on five pages, by the clock
	@$(PYTHON_IN) -m bench.publishing

bench-exports: .venv/installed-test ## Export a million responses in each format: seconds, memory, size
	@$(PYTHON_IN) -m bench.exports

translations: .venv/installed-test ## Collect the texts of code and templates into the catalogue, and compile it
	@.venv/bin/pybabel --quiet extract -F babel.cfg -k _l -k lazy_gettext -k lazy_pgettext:1c,2 --no-location --sort-output -o translations/messages.pot .
	@.venv/bin/pybabel --quiet update -i translations/messages.pot -d translations --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@.venv/bin/pybabel --quiet compile -d translations

screenshots: .venv/installed-test $(CATALOGUES) ## Take the pictures of the README anew
	@$(PYTHON_IN) docs/screenshots.py

clean: ## Remove .venv and what was compiled; keeps instance/ and its data
	rm -rf .venv build *.egg-info .pytest_cache .ruff_cache .mypy_cache .hypothesis $(CATALOGUES)

# The stamps say what is installed, so that a second start does nothing.
.venv/installed: requirements.lock tools/python.sh
	@tools/python.sh
	@echo "Installing the locked dependencies ..."
	@$(PIP) -r requirements.lock
	@touch $@

.venv/installed-test: requirements-test.lock .venv/installed
	@echo "Installing what the tests need ..."
	@$(PIP) -r requirements-test.lock
	@touch $@

# The command that an installation has, for this checkout.
$(HUIYIN): .venv/installed
	@printf '#!/bin/sh\nexec "%s/.venv/bin/python" "%s/wsgi.py" "$$@"\n' '$(CURDIR)' '$(CURDIR)' > $@
	@chmod +x $@

%.mo: %.po | .venv/installed
	@.venv/bin/pybabel --quiet compile -i $< -o $@
