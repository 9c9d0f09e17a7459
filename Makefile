# The commands of the warehouse. `make help` lists them.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3.11
PY := .venv/bin/python
DBT := .venv/bin/dbt
LANDING := $(or $(RISK_LANDING),data/landing)
STATE := $(or $(RISK_STATE),data)
SCALE ?= 20000
NIGHTS ?= 180
SEED ?= 7
OLIST ?=

# An unknown variable would be ignored by make: `make nightly FORM=...` must not run everything.
KNOWN := PYTHON SCALE NIGHTS SEED SEEDS OLIST FROM TO BASE NIGHT REASON FULL_REFRESH MONTH CUTOFF REOPEN ARGS \
	RISK_LANDING RISK_STATE RISK_MEMORY_LIMIT RISK_MIN_FREE_MB
GIVEN := $(foreach v,$(.VARIABLES),$(if $(filter command,$(firstword $(origin $(v)))),$(v)))
UNKNOWN := $(filter-out $(KNOWN),$(GIVEN))
ifneq ($(UNKNOWN),)
$(error unknown variable $(firstword $(UNKNOWN)): this Makefile knows $(KNOWN))
endif
export RISK_LANDING RISK_STATE RISK_MEMORY_LIMIT RISK_MIN_FREE_MB
ifeq ($(RISK_LANDING),)
unexport RISK_LANDING
endif
ifeq ($(RISK_STATE),)
unexport RISK_STATE
endif
ifeq ($(RISK_MEMORY_LIMIT),)
unexport RISK_MEMORY_LIMIT
endif
ifeq ($(RISK_MIN_FREE_MB),)
unexport RISK_MIN_FREE_MB
endif

.PHONY: help
help:  ## List the commands
	@echo "make <command>"; grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /|/' \
		| awk -F'|' '{printf "  %-14s %s\n", $$1, $$2}'

# ------------------------------------------------------------------------------------ environment
.PHONY: env env-dev python lock
env: .venv/.requirements  ## Create .venv from the locked, hashed requirements

env-dev: .venv/.requirements-dev

python:
	@command -v $(PYTHON) >/dev/null || { \
		echo "make: $(PYTHON) not found: install Python 3.11, or say where it is: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { \
		echo "make: $(PYTHON) is $$($(PYTHON) -V 2>&1): Python 3.11 is needed (make PYTHON=/path/to/python3.11)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "make: $(PYTHON) cannot make environments: apt-get install python3.11-venv" >&2; exit 1; }

.venv/bin/python: | python
	@echo "env      .venv with $$($(PYTHON) -V)"
	@$(PYTHON) -m venv .venv

.venv/.requirements: requirements.txt | .venv/bin/python
	@echo "env      installing $< (hashed)"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $< || { \
		echo "make: packages did not install: check the network or pip's index, then run again" >&2; exit 1; }
	@touch $@

.venv/.requirements-dev: requirements-dev.txt .venv/.requirements
	@echo "env      installing $< (hashed)"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $< || { \
		echo "make: packages did not install: check the network or pip's index, then run again" >&2; exit 1; }
	@touch $@

.venv/.requirements-bench: requirements-bench.txt .venv/.requirements
	@echo "env      installing $< (hashed)"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $< || { \
		echo "make: packages did not install: check the network or pip's index, then run again" >&2; exit 1; }
	@touch $@

lock: env-dev  ## Lock requirements again, with hashes and no registry address
	@for name in requirements requirements-dev requirements-bench; do .venv/bin/pip-compile --quiet --allow-unsafe --generate-hashes \
		--no-strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
		--output-file $$name.txt $$name.in || exit 1; done

# ------------------------------------------------------------------------------------------ running
.PHONY: build demo nightly backfill restate seal close summary docs
build: env demo  ## Environment, demo marketplace, gate, dbt, publish, summary
	@$(PY) -m nightly run
	@test $(STATE)/docs/dbt/index.html -nt $(STATE)/published/marts.duckdb || $(MAKE) --no-print-directory docs
	@$(PY) -m nightly summary

demo: env
	@if $(PY) -m nightly is-empty; then \
		echo "demo     a marketplace of $(SCALE) users over $(NIGHTS) nights into $(LANDING)"; \
		mkdir -p $(LANDING) && \
		$(PY) -m simulator --landing $(LANDING) --scale $(SCALE) --nights $(NIGHTS) --seed $(SEED); \
	fi

nightly: env  ## Build what is closed and not built yet [FROM= TO=]
	@$(PY) -m nightly run $(if $(FROM),--from $(FROM)) $(if $(TO),--to $(TO))

backfill: env  ## Build a range of closed nights FROM= TO=
	@test -n "$(FROM)" -a -n "$(TO)" || { echo "make: give a range: make backfill FROM=2026-01-01 TO=2026-01-31" >&2; exit 2; }
	@$(PY) -m nightly run --from $(FROM) --to $(TO)

restate: env  ## Say built nights anew, declared: FROM= REASON="..." [FULL_REFRESH=1]
	@test -n "$(FROM)" -a -n "$(REASON)" || { echo 'make: say from when and why: make restate FROM=2026-01-01 REASON="..."' >&2; exit 2; }
	@$(PY) -m nightly restate --from $(FROM) --reason '$(subst ','\'',$(REASON))' $(if $(FULL_REFRESH),--full-refresh)

seal: env  ## Close nights whose producer does not [NIGHT=]
	@$(PY) -m nightly seal $(if $(NIGHT),--night $(NIGHT))

close: env  ## Freeze a month and what changed since the last close: MONTH= [CUTOFF= REOPEN="..."]
	@test -n "$(MONTH)" || { echo "make: say which month: make close MONTH=2026-05" >&2; exit 2; }
	@$(PY) -m nightly close --month '$(MONTH)' $(if $(CUTOFF),--cutoff $(CUTOFF)) \
		$(if $(filter command,$(firstword $(origin REOPEN))),--reopen '$(subst ','\'',$(REOPEN))')

summary: env  ## What is published and where to look next
	@$(PY) -m nightly summary

docs: env  ## The docs site with the last results; model docs; detection pages from the code
	@mkdir -p $(STATE)/docs/dbt
	@$(DBT) --quiet docs generate --static --no-compile && cp target/static_index.html $(STATE)/docs/dbt/index.html \
		&& $(PY) -m docs.generate && $(PY) -m mkdocs build --quiet --clean --site-dir $(abspath $(STATE))/docs/site \
		&& echo "docs     $(STATE)/docs/site/index.html and $(STATE)/docs/dbt/index.html"

.PHONY: olist replay-check mutation-check property-check score clean-corpus bench-graph
olist: env  ## A real marketplace: OLIST=<folder with the Olist files>
	@test -d "$(OLIST)" || { echo "make: say where the Olist files are: make olist OLIST=<folder>" >&2; exit 2; }
	@$(PY) -m adapters.olist --source "$(OLIST)" --landing data/olist/landing
	@RISK_LANDING=data/olist/landing RISK_STATE=data/olist $(PY) -m nightly run
	@RISK_LANDING=data/olist/landing RISK_STATE=data/olist $(PY) -m nightly summary
	@$(PY) -m adapters.olist.report --marts data/olist/published/marts.duckdb

replay-check: SEEDS ?= 20
replay-check: env-dev  ## Full refresh, night by night, random chunks: the same rows [SEEDS=20, ARGS=]
	@$(PY) -m tests.replay --seeds $(SEEDS) $(ARGS)

mutation-check: env-dev  ## Remove each condition of each detection once: a unit test must go red [ARGS="--models ind_actor_rhythm"]
	@$(PY) -m tests.mutation $(ARGS)

property-check: env-dev  ## Shuffled rows, scaled money, shifted times, renamed ids: the same alerts and numbers [ARGS="--scale 1500"]
	@$(PY) -m tests.properties $(ARGS)

score: SEEDS ?= standing 31
score: env  ## Recall, precision, look-alikes, days to detect on the truth of two demos [SEEDS="standing 31"]
	@$(PY) -m score --seeds "$(SEEDS)" --scale $(SCALE) --nights $(NIGHTS)

clean-corpus: env  ## What the detections say of a demo without schemes, against the allow-list
	@$(PY) -m tests.clean --scale $(SCALE) --nights $(NIGHTS) --seed $(SEED)

bench-graph: env .venv/.requirements-bench  ## Clusters of 1M and 5M parties against scipy: seconds, memory, same partition
	@$(PY) -m benchmarks.graph $(ARGS)

# -------------------------------------------------------------------------------------------- policy
.PHONY: policy-check policy-diff lock-detections
policy-check: env  ## Every problem of the policy rows, by file and line
	@$(PY) -m nightly policy-check

policy-diff: env  ## What changed policy rows would have done on built nights: FROM= TO= [BASE=HEAD]
	@test -n "$(FROM)" -a -n "$(TO)" || { echo "make: give a range: make policy-diff FROM=2026-01-01 TO=2026-01-31" >&2; exit 2; }
	@$(PY) -m nightly policy-diff --from $(FROM) --to $(TO) $(if $(BASE),--base $(BASE))

lock-detections: env  ## Write detections.lock after a new detection or a raised version
	@$(PY) -m nightly lock-detections

# ------------------------------------------------------------------------------------------ checking
.PHONY: test lint lint-sql parse data-test unit pytest clean
test: env-dev demo  ## Every test: lint, parse, unit tests, data tests on the demo, pytest
	@state=$(STATE); \
	if ! $(PY) -m nightly is-current; then \
		state=$(STATE)/test; echo "test     $(STATE) is not built by this code: building into $$state"; \
		RISK_STATE=$$state $(PY) -m nightly is-current || { rm -rf $$state; RISK_STATE=$$state $(PY) -m nightly run; }; \
	fi && $(MAKE) --no-print-directory RISK_STATE=$$state lint parse data-test unit pytest

lint: env-dev  ## SQLFluff, ruff, yamllint
	@failed=0; \
	.venv/bin/ruff check . || failed=1; \
	.venv/bin/yamllint --strict . || failed=1; \
	$(MAKE) --no-print-directory lint-sql || failed=1; \
	exit $$failed

# SQLFluff takes a second a file, so only files that changed since the last clean pass are linted.
SQL_RULES := .sqlfluff $(wildcard macros/*/*.sql)
SQL := $(shell find models analyses tests -name '*.sql' -not -path 'tests/generic/*' 2>/dev/null)
lint-sql: .venv/.sqlfluff-clean
.venv/.sqlfluff-clean: $(SQL_RULES) $(SQL)
	@.venv/bin/sqlfluff lint --processes 2 --disable-progress-bar \
		$(if $(filter $(SQL_RULES),$?)$(if $(wildcard $@),,new),$(SQL),$?)
	@touch $@

parse: env-dev
	@$(PY) -m tests.helpers.project

unit: env-dev
	@$(DBT) --quiet test --resource-type unit_test && echo "unit     passed"

# A run ends with every data test. They run again unless one run built all of it and nothing changed since.
data-test: env-dev
	@runs=$$(ls $(STATE)/manifest/*.json 2>/dev/null); \
	if $(PY) -m nightly is-current && [ "$$(echo "$$runs" | wc -l)" = 1 ] && grep -q '"status": "completed"' "$$runs" \
		&& [ -z "$$(find tests seeds $(STATE)/build.duckdb -type f ! -name '*.py*' -newer "$$runs")" ]; \
	then echo "data     passed in the run that built $(STATE)"; \
	else $(DBT) --quiet test --exclude-resource-type unit_test && echo "data     passed"; fi

pytest: env-dev
	@.venv/bin/pytest -q --numprocesses 2 --dist loadfile --no-loadscope-reorder tests $(ARGS)

clean:  ## Remove the demo's data, logs and dbt's target (landing too: data/ is all generated)
	@rm -rf target logs .kept $(if $(RISK_STATE)$(RISK_LANDING),,data)
