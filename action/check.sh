#!/usr/bin/env bash
# One check of a repository of COEs in a job: annotations, summary, outputs. Everything it is told comes from the environment.
set -euo pipefail

tools=$RUNNER_TEMP/coekit/bin
if [ ! -d "$tools" ]; then tools=$RUNNER_TEMP/coekit/Scripts; fi # Windows
report=$RUNNER_TEMP/coe-report.json
export PYTHONUTF8=1 # Windows has another encoding for what is no terminal

# The job stays at the root of the checkout, for annotations name files from there; the folder stands before every path.
folder=${COE_FOLDER:-.}
paths=()
while IFS= read -r path; do
  if [ -n "$path" ]; then paths+=("$folder/$path"); fi
done <<< "${COE_PATHS:-}"
if [ "${#paths[@]}" -eq 0 ]; then paths=("$folder"); fi

# A clone without history cannot say what a change began with: the check goes on without it.
base=()
if [ -n "${COE_BASE:-}" ]; then
  if git -C "$folder" merge-base "$COE_BASE" HEAD > /dev/null 2>&1; then
    base=("$COE_BASE")
  else
    echo "::notice title=coekit::The clone does not hold the base of the change, so the change itself is not judged. Set \`fetch-depth: 0\` on actions/checkout."
  fi
fi

# Never empty: bash 3.2, which is that of macOS, takes an empty list for a name that is not set.
options=(--color never --fail-on "${COE_FAIL_ON:-warning}")
if [ "${#base[@]}" -gt 0 ]; then options+=(--base "${base[0]}"); fi
if [ "${#base[@]}" -gt 0 ] && [ "${COE_CHANGED_ONLY:-false}" = true ]; then options+=(--changed-since "${base[0]}"); fi
if [ -n "${COE_BASELINE:-}" ]; then options+=(--baseline "$folder/$COE_BASELINE"); fi

code=0
"$tools/coe" check "${options[@]}" --output-format json --output-file "$report" --exit-zero -- "${paths[@]}" || code=2
if [ "$code" -eq 0 ]; then
  "$tools/coe" check "${options[@]}" --output-format github -- "${paths[@]}" 2> /dev/null || code=$?
fi
if [ "$code" -gt 1 ]; then
  echo "exit-code=2" >> "$GITHUB_OUTPUT"
  exit 2
fi

{
  echo "exit-code=$code"
  echo "report=$report"
  "$tools/python" - "$report" <<'PYTHON'
import json, sys
sys.stdout.reconfigure(newline="\n")
summary = json.load(open(sys.argv[1], encoding="utf-8"))["summary"]
print(*(f"{key}={summary[key]}" for key in ("errors", "warnings", "notes")), sep="\n")
PYTHON
} >> "$GITHUB_OUTPUT"

if [ "${COE_PREVIEW:-true}" = true ] && [ "${#base[@]}" -gt 0 ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  "$tools/coe" preview --changed-since "${base[0]}" -- "${paths[@]}" >> "$GITHUB_STEP_SUMMARY"
fi
exit "$code"
