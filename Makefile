# Thin words over the commands. `make reports` and `make test` need only Python 3.11+, make and git.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
JOBS ?= $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

.PHONY: help install reports test lint lab site docs bench prove gallery schema lock fonts clean

help:
	@echo "make reports   every file of params/ -> reports/    make test   all checks"
	@echo "make site      reports/ -> site/, for the public     make docs   docs/ -> docs/_build/html"
	@echo "make lab       JupyterLab on this folder            make bench, prove      speed; heavy proofs"
	@echo "make gallery, schema, lock, fonts: remake what is tracked"

install: $(VENV)/.installed

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更新版本 / Python 3.11 or newer is needed"; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.tested: tests/requirements.lock $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.lock
	@touch $@

reports: install
	$(BIN)/wenxiao run params -o reports -j $(JOBS)

# Chromium, poppler and LibreOffice serve the tests alone; the program itself needs pip only. Without LibreOffice its tests are skipped.
$(VENV)/.system:
	@missing=""; command -v pdftotext >/dev/null || missing="$$missing poppler-utils"; test -x /usr/bin/chromium || missing="$$missing chromium"; \
	more=""; command -v soffice >/dev/null || more="libreoffice-calc-nogui libreoffice-writer-nogui"; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then install="env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq"; else install=""; fi; \
	if [ -n "$$install$$missing" ] && [ -n "$$missing$$more" ]; then echo "installing for the tests: $$missing $$more"; \
	  if [ -z "$$install" ]; then echo "please install:$$missing"; exit 2; fi; \
	  apt-get update -qq; \
	  if [ -n "$$missing" ]; then $$install $$missing >/dev/null || exit 2; fi; \
	  if [ -n "$$more" ]; then $$install $$more >/dev/null || echo "without LibreOffice: its tests are skipped"; fi; fi
	@mkdir -p $(VENV) && touch $@

lint: $(VENV)/.tested
	$(BIN)/ruff check toolkit tests
	$(BIN)/ruff format --check toolkit tests
	$(BIN)/mypy

test: $(VENV)/.tested $(VENV)/.system lint
	$(BIN)/pytest -n 2 --dist loadgroup

lab: install
	$(BIN)/wenxiao lab .

bench: install
	$(BIN)/python tests/bench/check.py
	$(BIN)/python tests/bench/run.py

# Heavy proofs, outside CI; their last results stand in docs/performance.md and docs/mutation.md.
prove: $(VENV)/.tested
	$(BIN)/python tests/prove/warm.py
	$(BIN)/python tests/prove/hostile.py
	$(BIN)/python tests/prove/thousand.py
	$(BIN)/python tests/prove/kills.py
	$(BIN)/python tests/prove/mutants.py
	$(BIN)/python tests/prove/imports.py
	$(BIN)/python tests/prove/form.py
	$(BIN)/python tests/prove/explore.py

# The gate refuses some of the reports of params/ and says why (exit 1); the others are published.
site: reports
	$(BIN)/wenxiao publish reports -o site --settings docs/site.yaml; test $$? -le 1

docs: $(VENV)/.tested
	$(BIN)/sphinx-build -W -n -q -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

gallery: install
	$(BIN)/wenxiao run params/2021/xinhuang-video-conference.yaml -o $(VENV)/gallery --force
	cp $(VENV)/gallery/2021/xinhuang-video-conference/report.html docs/gallery/xinhuang-video-conference.html
	cp $(VENV)/gallery/2021/xinhuang-video-conference/report.pdf docs/gallery/xinhuang-video-conference.pdf

schema: install
	$(BIN)/python -c "from pathlib import Path; from wenxiao.writing import schema_text; Path('params/schema.json').write_text(schema_text(), encoding='utf-8')"

lock:
	uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-annotate --python-version 3.11 --no-header -q --extra publish -o requirements.lock
	uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-annotate --python-version 3.11 --no-header -q --extra test --extra build -c requirements.lock -o tests/requirements.lock

fonts: $(VENV)/.tested
	@test -n "$(SOURCES)" || { echo "make fonts SOURCES=folder with the unpacked Debian packages (see toolkit/build_fonts.py)"; exit 2; }
	$(BIN)/python toolkit/build_fonts.py $(SOURCES)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
