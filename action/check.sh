#!/usr/bin/env bash
# One check of a repository of COEs in a job: annotations, summary, outputs. Everything it is told comes from the environment.
set -euo pipefail

tools=$RUNNER_TEMP/coekit/bin
if [ ! -d "$tools" ]; then tools=$RUNNER_TEMP/coekit/Scripts; fi # Windows
export PYTHONUTF8=1 # Windows has another encoding for what is no terminal

fail() {
  echo "exit-code=2" >> "$GITHUB_OUTPUT"
  exit 2
}

# A switch is on or off: another word is a slip, and would quietly check or show something else.
is_on() {
  case $2 in
    true | True | TRUE) return 0 ;;
    false | False | FALSE) return 1 ;;
  esac
  echo "::error title=coekit::The input \`$1\` is \`true\` or \`false\`."
  fail
}
changed_only=
if is_on changed-only "${COE_CHANGED_ONLY:-false}"; then changed_only=yes; fi
preview=
if is_on preview "${COE_PREVIEW:-true}"; then preview=yes; fi

# Each use of the action in a job leaves a report of its own.
number=1
while [ -e "$RUNNER_TEMP/coe-report-$number.json" ]; do number=$((number + 1)); done
report=$RUNNER_TEMP/coe-report-$number.json

# The job stays at the root of the checkout, for annotations name files from there; the folder stands before every path.
folder=${COE_FOLDER:-.}
below() {
  case $1 in
    /* | [A-Za-z]:[/\\]*) echo "$1" ;;
    *) echo "$folder/$1" ;;
  esac
}
paths=()
lines=${COE_PATHS:-}
while IFS=$' \t' read -r path; do
  if [ -n "$path" ]; then paths+=("$(below "$path")"); fi
done <<< "${lines//$'\r'/}"
if [ "${#paths[@]}" -eq 0 ]; then paths=("$folder"); fi

# What the change began with. A pull request is checked out as its merge, and the first parent of that is newer than what
# the event knew: others may have changed their COEs in between. A branch that is named is most often one of the server.
# A bare repository that a pull request commits is none of ours, and neither are the commands in its configuration.
git_here() { git -c core.fsmonitor=false -c safe.bareRepository=explicit -C "$folder" "$@"; }
commit_of() { git_here rev-parse --verify --quiet --end-of-options "$1^{commit}" 2> /dev/null; }
base=
if [ -n "${COE_BASE:-}" ]; then
  base=$(commit_of "$COE_BASE" || commit_of "origin/$COE_BASE" || true)
elif [ -n "${COE_EVENT_HEAD:-}" ] && [ "$(commit_of HEAD^2)" = "$COE_EVENT_HEAD" ]; then
  base=$(commit_of HEAD^1)
elif [ -n "${COE_EVENT_BASE:-}" ]; then
  base=$(commit_of "$COE_EVENT_BASE" || true)
fi

# A clone without history cannot say what a change began with: the check goes on without it.
if [ -n "$base" ] && ! git_here merge-base "$base" HEAD > /dev/null 2>&1; then base=; fi
if [ -z "$base" ] && [ -n "${COE_BASE:-}${COE_EVENT_BASE:-}" ] && [ -d "$folder" ]; then
  if git_here rev-parse --git-dir > /dev/null 2>&1; then
    echo "::notice title=coekit::The clone does not hold the base of the change, so the change itself is not judged. Set \`fetch-depth: 0\` on actions/checkout."
  else
    echo "::notice title=coekit::git does not read the checkout, so the change itself is not judged. In a container, run \`git config --global --add safe.directory \"\$GITHUB_WORKSPACE\"\` before this step."
  fi
fi

# Never empty: bash 3.2, which is that of macOS, takes an empty list for a name that is not set.
options=(--color never --fail-on "${COE_FAIL_ON:-warning}")
if [ -n "$changed_only" ] && [ -n "$base" ]; then options+=(--changed-since "$base"); fi
if [ -n "$base" ]; then options+=(--base "$base"); fi
if [ -n "${COE_BASELINE:-}" ]; then options+=(--baseline "$(below "$COE_BASELINE")"); fi

code=0
"$tools/coe" check "${options[@]}" --output-format json --output-file "$report" --exit-zero -- "${paths[@]}" || fail
"$tools/coe" check "${options[@]}" --output-format github -- "${paths[@]}" 2> /dev/null || code=$?
if [ "$code" -gt 1 ]; then fail; fi

# Alone (-I), for the working folder is the checkout, and a module of a pull request is none of ours.
{
  echo "exit-code=$code"
  echo "report=$report"
  "$tools/python" -I - "$report" <<'PYTHON'
import json, sys
sys.stdout.reconfigure(newline="\n")
summary = json.load(open(sys.argv[1], encoding="utf-8"))["summary"]
print(*(f"{key}={summary[key]}" for key in ("errors", "warnings", "notes")), sep="\n")
PYTHON
} >> "$GITHUB_OUTPUT"

if [ -n "$preview" ] && [ -n "$base" ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  shown=$("$tools/coe" preview --changed-since "$base" -- "${paths[@]}")
  if [ -n "$shown" ]; then printf '\n## Changed COEs\n\n%s\n' "$shown" >> "$GITHUB_STEP_SUMMARY"; fi
fi
exit "$code"
