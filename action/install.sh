#!/usr/bin/env bash
# Installs the coekit of this very checkout into a folder of its own: the version of the action is that of the tool, and
# nothing that the job has installed changes. Python runs alone (-I): the working folder is the checkout, and a module of a
# pull request, such as a venv.py, is none of ours.
set -euo pipefail

# On Windows, `python3` is often the name of a shop, and Python itself is `python`.
python=${COE_PYTHON:-python3}
is_new_enough() { "$1" -I -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; }
if [ "$python" = python3 ] && ! is_new_enough "$python"; then python=python; fi
if ! is_new_enough "$python"; then
  echo "::error title=coekit::Python 3.11 or newer is due; give it as the input \`python\`, or put actions/setup-python before this step."
  exit 2
fi
"$python" -I -m venv "$RUNNER_TEMP/coekit"
tools=$RUNNER_TEMP/coekit/bin
if [ ! -d "$tools" ]; then tools=$RUNNER_TEMP/coekit/Scripts; fi # Windows
"$tools/python" -I -m pip install --disable-pip-version-check --quiet \
  --constraint "$GITHUB_ACTION_PATH/constraints.txt" "$GITHUB_ACTION_PATH"
"$tools/coe" --version
