# make demo: install and print the ledger of the authored notice
# make test: install and run all checks that need no browser, LibreOffice, Ray or Label Studio
# make fuzz READER=docx SECONDS=600: damage files of a binary reader (docx, pdf, xlsx) and read them
# make test-real: the checks that do (Debian packages: chromium chromium-driver fonts-noto-cjk
#   libreoffice-writer)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STUDIO := .venv-label-studio
DEMO := corpora/authored/yunxi-2025.txt

.PHONY: demo test test-real fuzz check clean

PIP := $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt

# An installation is current as long as neither the metadata nor the pins change.
$(VENV)/base: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --editable .
	touch $@

# pip would compile all that it installs, tests of other projects too, on one core.
$(VENV)/dev: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --no-compile --editable '.[dev]'
	-$(BIN)/python -W ignore -m compileall -qq -j 0 -x '/tests/|/transformers/models/(?!auto|bert)' \
	  $(VENV)/lib src
	touch $(VENV)/base $@

$(VENV)/real: $(VENV)/dev
	$(PIP) --editable '.[dev,notebook,real,spacy]'
	touch $@

demo: $(VENV)/base
	$(BIN)/taskner corpus convert $(DEMO) --to text --output demo-out --overwrite
	$(BIN)/taskner extract demo-out/yunxi-2025.txt --format table
	$(BIN)/taskner extract demo-out/yunxi-2025.txt --output demo-out/yunxi-2025.xlsx
	$(BIN)/taskner extract demo-out/yunxi-2025.txt --output demo-out/yunxi-2025.html
	@echo 'wrote demo-out/yunxi-2025.xlsx and demo-out/yunxi-2025.html'

check: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	$(BIN)/pytest --numprocesses=2 --dist=loadgroup

# Label Studio wants other versions of what we use.
$(STUDIO)/done: tests/label-studio.txt
	test -x $(STUDIO)/bin/python || $(PYTHON) -m venv $(STUDIO)
	$(STUDIO)/bin/pip install --quiet --disable-pip-version-check --requirement tests/label-studio.txt
	touch $@

test-real: $(VENV)/real $(STUDIO)/done
	$(BIN)/pytest -m real --override-ini='addopts=--strict-markers --import-mode=importlib'

READER := docx
SECONDS := 60
SEED := 1

fuzz: $(VENV)/dev
	cd tests && ../$(BIN)/python -m fuzz.fuzz $(READER) $(SECONDS) --seed $(SEED)

clean:
	rm -rf $(VENV) $(STUDIO) demo-out
