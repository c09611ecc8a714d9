#!/usr/bin/env bash
# Write constraints.txt: the exact versions of everything that the project, its site extra and its developers use.
set -euo pipefail
cd "$(dirname "$0")/.."
venv=$(mktemp -d)
trap 'rm -rf "$venv"' EXIT
"${PYTHON:-python3}" -m venv "$venv"
pip() { "$venv/bin/python" -m pip --disable-pip-version-check --quiet "$@"; }
pip install --upgrade pip
pip install --editable '.[site]' --group dev
{
  echo "# The exact versions that the project is developed and tested with. Written by \`make constraints\`;"
  echo "# the ranges that users get are in pyproject.toml."
  pip freeze --all --exclude-editable | grep -v -i '^setuptools=='
} >"$venv/constraints.txt"
if grep -n ' @ ' "$venv/constraints.txt"; then
  echo "error: the lines above name a place instead of a version" >&2
  exit 1
fi
mv "$venv/constraints.txt" constraints.txt
chmod 644 constraints.txt
