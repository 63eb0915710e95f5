# Two commands set everything up: `make demo` and `make test`. The rest is listed by `make help`.
PYTHON ?= python3
PORT ?= 8000
DATA ?= tests/data/pabulib
export PYTHONDONTWRITEBYTECODE = 1
RUN := .venv/bin/python
MANAGE := $(RUN) manage.py
PYTEST := $(RUN) -m pytest -q

.PHONY: help demo test install reset install-dev test-postgres lint types contracts check messages messages-check schema-check screenshots lighthouse bench bench-counting bench-ballots bench-lists bench-steady drill drill-ballots requirements

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /\1\t/' | expand -t 20

demo: ## set up, fill and serve a demo town on 127.0.0.1 (PORT=8000)
	@$(PYTHON) site_config/bootstrap.py base --port $(PORT)
	@$(MANAGE) prepare
	@$(MANAGE) load_demo --port $(PORT)
	@exec $(MANAGE) serve --port $(PORT)

test: install-dev ## set up and run every test that can run on this machine
	@$(PYTEST) -n 2 --dist loadgroup

install: ## the set-up alone
	@$(PYTHON) site_config/bootstrap.py base

reset: ## forget the demo's data and start afresh with the next make demo
	@$(PYTHON) site_config/bootstrap.py base
	@$(MANAGE) reset_demo

install-dev:
	@$(PYTHON) site_config/bootstrap.py dev
	@$(MANAGE) messages compile > /dev/null

test-postgres: install-dev ## the suite on PostgreSQL (DATABASE_URL, by default the one on 127.0.0.1:5432)
	@DATABASE_URL=$${DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres} $(PYTEST) -n 2 --dist loadgroup -m "not browser"

lint: install-dev ## style
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .

types: install-dev ## types of the pure modules
	@.venv/bin/mypy

contracts: install-dev ## who may import whom
	@.venv/bin/lint-imports

check: install-dev ## Django's own checks, on production settings
	@$(MANAGE) makemigrations --check --dry-run
	@DJANGO_SETTINGS_MODULE=site_config.settings.production SECRET_KEY=$$($(RUN) -c "import secrets; print(secrets.token_urlsafe(64))") \
		ALLOWED_HOSTS=example.org $(MANAGE) check --deploy --fail-level WARNING

messages: install-dev ## bring the translations up to the code
	@$(MANAGE) messages update

messages-check: install-dev ## fail when a message is not translated
	@$(MANAGE) messages check

schema-check: install-dev ## fail when the API's description has gaps
	@$(MANAGE) spectacular --validate --fail-on-warn --file /dev/null

screenshots: install-dev ## save every screen into screenshots/
	@tests/browser/serve_for 8791 .venv/bin/python -m tests.browser.screenshots http://127.0.0.1:8791 screenshots

lighthouse: install-dev ## the four scores of home, list, project and result (needs npm and a Chromium)
	@npm install --silent --no-save --no-package-lock --prefix var/lighthouse lighthouse@12
	@tests/browser/serve_for 8792 node tests/browser/lighthouse.mjs http://127.0.0.1:8792 var/lighthouse/node_modules/lighthouse/cli/index.js

bench: bench-counting bench-ballots bench-lists ## every benchmark

bench-counting: install-dev ## counting speed for the largest file of DATA, and for a million ballots
	@$(RUN) -m tests.load.bench_counting $(DATA)

bench-ballots: install-dev ## whole secret ballots cast per second beside a bare INSERT
	@$(RUN) -m tests.load.bench_ballots

bench-lists: install-dev ## lists, search and one proposal at 100,000 proposals beside 100, on each database
	@$(RUN) -m tests.load.bench_lists

bench-steady: install-dev ## fifty ballots a second for ten minutes (BENCH_SECONDS), on each database
	@$(RUN) -m tests.load.bench_steady

drill: drill-ballots ## every drill

drill-ballots: install-dev ## races, kill -9, tampering and an attacker against the ballot box, on both databases
	@$(RUN) -m tests.load.drill_ballots

requirements: ## pin what pyproject.toml asks for (needs uv)
	@for set in base dev; do \
		extra=$$([ $$set = dev ] && echo "--extra dev"); \
		uv pip compile pyproject.toml $$extra --universal --python-version 3.11 --generate-hashes --no-header \
			--no-annotate --no-emit-index-url --no-emit-find-links --output-file requirements/$$set.txt --quiet; \
	done
