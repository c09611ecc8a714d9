#!/usr/bin/env bash
# Installs the coekit of this very checkout into a folder of its own: the version of the action is that of the tool, and
# nothing that the job has installed changes.
set -euo pipefail

python=${COE_PYTHON:-python3}
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "::error title=coekit::Python 3.11 or newer is due; give it as the input \`python\`, or put actions/setup-python before this step."
  exit 2
fi
"$python" -m venv "$RUNNER_TEMP/coekit"
"$RUNNER_TEMP/coekit/bin/python" -m pip install --disable-pip-version-check --quiet \
  --constraint "$GITHUB_ACTION_PATH/constraints.txt" "$GITHUB_ACTION_PATH"
"$RUNNER_TEMP/coekit/bin/coe" --version
