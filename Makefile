# `make` lists the targets. Needs Python 3.11 or newer, make and git; everything else goes into .venv/.
PYTHON ?= python3
PORT   ?= 8000
WEEK   ?= 2025-W47
DATE   ?= $(shell date +%Y-%m-%d)

VENV := .venv
BIN  := $(VENV)/bin
PIP  := $(BIN)/python -m pip --disable-pip-version-check --quiet
CODE := coe tests tools benchmarks

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo site test check format format-check lint types imports docs generate transcripts golden bench bench-lsp bench-language bench-site screenshots vscode constraints wheel clean

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/site.stamp  ## Show what coekit is for: check, digest and site of examples/, served on this machine (PORT=8000)
	@$(BIN)/python tools/port.py $(PORT)
	$(BIN)/coe check examples
	$(BIN)/coe digest examples --week $(WEEK) --format markdown
	$(BIN)/coe build examples
	$(BIN)/coe serve examples --port $(PORT)

site: $(VENV)/site.stamp  ## Build the site of examples/ into examples/site/
	$(BIN)/coe build examples

test: $(VENV)/dev.stamp  ## Install what is needed and run the whole test suite
	$(BIN)/python -m pytest -n auto $(PYTEST)

check: format-check lint types test  ## Format, ruff, mypy, then the suite: import contracts and docs are tests of it

format: $(VENV)/dev.stamp  ## Format the code and mend what ruff can mend
	$(BIN)/ruff check --fix --quiet $(CODE)
	$(BIN)/ruff format $(CODE)

format-check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check $(CODE)

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check $(CODE)

types: $(VENV)/dev.stamp
	$(BIN)/mypy

imports: $(VENV)/dev.stamp  ## Check the layers and the doors of the libraries
	$(BIN)/lint-imports

docs: $(VENV)/dev.stamp generate  ## Generate the reference pages and build our own documentation into build/docs/
	$(BIN)/mkdocs build --strict

generate: $(VENV)/dev.stamp  ## Write again what is generated: schemas, pages of rules, reference
	$(BIN)/python tools/generate.py

transcripts: $(VENV)/dev.stamp  ## Run the commands in README.md and docs/ and write down what they print
	$(BIN)/python tools/transcripts.py --write

golden: $(VENV)/dev.stamp  ## Write again what tests compare with: digests and the report on planted flaws
	COE_WRITE_GOLDEN=1 $(BIN)/python -m pytest -q tests/review/test_golden.py tests/test_flawed.py

bench: $(VENV)/dev.stamp  ## Measure start and speed, and write benchmarks/RESULTS.md
	$(BIN)/python benchmarks/run.py --date $(DATE) --large 10000 --write

bench-language: $(VENV)/dev.stamp  ## Measure the language rules beside other linters, and write benchmarks/language/RESULTS.md
	$(BIN)/python benchmarks/language/run.py --install --write

bench-site: $(VENV)/dev.stamp  ## Measure the build of the site beside plain mkdocs-material, and write benchmarks/site/RESULTS.md
	$(BIN)/python benchmarks/site/run.py --date $(DATE) --write

bench-lsp: $(VENV)/dev.stamp  ## Measure how long the language server takes from a keystroke to the findings
	$(BIN)/python benchmarks/lsp.py

vscode:  ## Build the extension for VS Code: editors/vscode/coekit.vsix (needs Node.js 20 or newer, and npm)
	@node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' 2>/dev/null && command -v npm >/dev/null \
	|| { echo "error: Node.js 20 or newer with npm is needed to build the extension." >&2; \
	     echo "  help: install it from nodejs.org or by your system's packages." >&2; exit 1; }
	cd editors/vscode && npm ci --ignore-scripts --no-audit --no-fund
	cp LICENSE editors/vscode/LICENSE.txt
	cd editors/vscode && npm run --silent package && COE="$(wildcard $(CURDIR)/$(BIN)/coe)" npm test --silent

screenshots: $(VENV)/dev.stamp site  ## Take the pictures of docs/images/, and of every kind of page into build/screenshots/ (needs Chromium)
	$(BIN)/python tools/screenshots.py
	$(BIN)/python tools/pictures.py

constraints:  ## Resolve the newest versions that pyproject.toml allows into constraints.txt
	PYTHON=$(PYTHON) tools/constraints.sh

wheel: $(VENV)/dev.stamp  ## Build the wheel and the source archive into dist/
	$(BIN)/python -m build --no-isolation

clean:  ## Remove what was made: builds, caches and the virtual environment
	rm -rf $(VENV) .cache build dist site examples/site examples/.coe .coe
	rm -rf editors/vscode/node_modules editors/vscode/dist editors/vscode/coekit.vsix editors/vscode/LICENSE.txt
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The virtual environment. Each stamp is made once, and again when a file changes that says what belongs in it.
$(VENV)/venv.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	|| { echo "error: coekit needs Python 3.11 or newer, and $(PYTHON) is older or missing." >&2; \
	     echo "  help: name another one: make PYTHON=python3.13" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	|| { echo "error: $(PYTHON) has no venv module." >&2; \
	     echo "  help: install it, on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Making $(VENV)/ with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

# Dependency groups need pip 25.1, which the Python of a stable distribution does not bring.
$(VENV)/pip.stamp: $(VENV)/venv.stamp constraints.txt
	@$(PIP) install --constraint constraints.txt 'pip>=25.1'
	@touch $@

$(VENV)/site.stamp: $(VENV)/pip.stamp pyproject.toml
	@echo "Installing coekit with its site extra into $(VENV)/"
	@$(PIP) install --constraint constraints.txt --editable '.[site]'
	@touch $@

$(VENV)/dev.stamp: $(VENV)/site.stamp
	@echo "Installing the tools of the developers into $(VENV)/"
	@$(PIP) install --constraint constraints.txt --editable '.[lsp]' --group dev
	@touch $@
