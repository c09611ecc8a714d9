#!/usr/bin/env bash
# Write constraints.txt: the exact versions of everything that the project, its extras and its developers use.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
# The oldest Python decides: packages raise what they need even within 3.11 (Debian 12 has 3.11.2).
if ! "$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))'; then
  echo "error: constraints are resolved with the oldest Python that is supported, 3.11" >&2
  echo "  help: make constraints PYTHON=/usr/bin/python3.11" >&2
  exit 1
fi
venv=$(mktemp -d)
trap 'rm -rf "$venv"' EXIT
"$python" -m venv "$venv"
pip() { "$venv/bin/python" -m pip --disable-pip-version-check --quiet "$@"; }
pip install --upgrade pip
pip install --editable '.[lsp,site]' --group dev
{
  echo "# The exact versions that the project is developed and tested with. Written by \`make constraints\`"
  echo "# with $("$python" --version); the ranges that users get are in pyproject.toml."
  pip freeze --all --exclude-editable | grep -v -i '^setuptools=='
} >"$venv/constraints.txt"
if grep -n ' @ ' "$venv/constraints.txt"; then
  echo "error: the lines above name a place instead of a version" >&2
  exit 1
fi
mv "$venv/constraints.txt" constraints.txt
chmod 644 constraints.txt
