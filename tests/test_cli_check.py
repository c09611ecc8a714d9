"""The check commands as a user runs them: exit codes, streams, options."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = str(Path(__file__).parents[1])
DRAFT = """\
---
id: 2026-07-14-checkout
title: Checkout errors in Europe
kind: incident
status: draft
severity: SEV2
owner_team: payments
impact:
  windows:
    - id: I1
      start: 2026-07-14T13:57:40Z
---

## What happened

The pool had no free connection.
"""
NAME = "coes/2026/2026-07-14-checkout.md"


def coe(*words: str, cwd: Path, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "GITHUB_ACTIONS", "FORCE_COLOR")}
    command = [sys.executable, "-m", "coe", *words]
    environment = {**clean, "PYTHONPATH": ROOT, "COLUMNS": "100", "_TYPER_FORCE_DISABLE_TERMINAL": "1", **env}
    run = subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, env=environment, timeout=120, check=False)
    return subprocess.CompletedProcess(command, run.returncode, run.stdout.decode(), run.stderr.decode())


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "coe.toml").write_text("")
    (tmp_path / NAME).parent.mkdir(parents=True)
    (tmp_path / NAME).write_text(DRAFT)
    return tmp_path


@pytest.mark.parametrize("command", ["check", "validate", "lint"])
def test_clean(repository: Path, command: str) -> None:
    run = coe(command, cwd=repository)
    assert (run.returncode, run.stdout, run.stderr) == (0, "1 file checked, nothing to report.\n", "")


def test_findings(repository: Path) -> None:
    (repository / NAME).write_text(DRAFT.replace("SEV2", "high"))
    run = coe("check", "--output-format", "concise", cwd=repository)
    assert run.returncode == 1
    assert run.stdout == (f"{NAME}:6:11: error: `severity` is `high`, which is not one of the allowed values [wrong-value]\n")
    assert coe("check", "--exit-zero", cwd=repository).returncode == 0
    assert coe("lint", cwd=repository).returncode == 0
    assert coe("check", "--ignore", "wrong-value", cwd=repository).returncode == 0
    assert coe("check", "--select", "missing-field", cwd=repository).returncode == 0
    assert coe("check", "--select", "form", cwd=repository).returncode == 1
    (repository / "coe.toml").write_text('[lint.severity]\nwrong-value = "note"\n')
    assert coe("check", cwd=repository).returncode == 0
    assert coe("check", "--fail-on", "note", cwd=repository).returncode == 1
    (repository / "coe.toml").write_text('[[lint.per-file]]\npath = "coes/2026/*"\nignore = ["form"]\n')
    assert coe("check", cwd=repository).returncode == 0


def test_json_from_another_folder(repository: Path) -> None:
    (repository / NAME).write_text(DRAFT.replace("SEV2", "🚨 high"))
    run = coe("check", str(repository), "--output-format", "json", cwd=repository.parent)
    report = json.loads(run.stdout)
    assert report["summary"] == {"files": 1, "errors": 1, "warnings": 0, "notes": 0, "fixable": 0}
    found = report["diagnostics"][0]
    assert found["path"] == f"{repository.name}/{NAME}"
    assert found["range"]["start"] == {"line": 6, "column": 11, "offset": DRAFT.index("SEV2")}
    assert found["range"]["end"]["column"] == 17


def test_standard_input(repository: Path) -> None:
    text = DRAFT.replace("SEV2", "high").encode()
    run = coe("check", "-", "--stdin-filename", NAME, "--output-format", "concise", cwd=repository, stdin=text)
    assert run.returncode == 1
    assert run.stdout.startswith(f"{NAME}:6:11: error:")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "nowhere.md"], "nowhere.md does not exist"),
        (["check", "--select", "wrong-valu"], "Did you mean `wrong-value`?"),
        (["check", "-", "a.md"], "`-` stands alone"),
        (["check", "empty"], "no COE and no other Markdown file"),
        (["check", "--fail-on", "fatal"], "'fatal' is not one of"),
    ],
)
def test_runs_that_fail(repository: Path, words: list[str], said: str) -> None:
    (repository / "empty").mkdir()
    run = coe(*words, cwd=repository)
    assert run.returncode == 2
    assert said in run.stderr
    assert run.stdout == ""
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("[lnt]\n", "coe.toml:1: unknown key `lnt`\n  help: Did you mean `lint`?"),
        ("\n[review]\ntimezone = 'Mars/Base'\n", "coe.toml:3: review.timezone: `Mars/Base` is not an IANA time zone"),
        ("[lint]\nselct = []\n", "coe.toml:2: unknown key `lint.selct`\n  help: Did you mean `select`?"),
        ("a = [", "coe.toml:1: not valid TOML"),
        ("[lint]\nignore = ['languge']\n", "Did you mean `language`?"),
    ],
)
def test_configuration_that_is_not_valid(repository: Path, config: str, said: str) -> None:
    (repository / "coe.toml").write_text(config)
    run = coe("check", cwd=repository)
    assert run.returncode == 2
    assert said in run.stderr


@pytest.mark.parametrize(
    "config",
    [r'"\u001b[31m\n::error::x ##[error]y" = 1', '[lint]\nignore = ["x\\r\\n ::error::y"]', '[lint]\nselect = ["\u202e"]'],
)
def test_a_configuration_steers_no_terminal_and_no_log(repository: Path, config: str) -> None:
    (repository / "coe.toml").write_text(config, "utf-8")
    run = coe("check", cwd=repository)
    assert run.returncode == 2
    assert "coe.toml" in run.stderr
    assert not [line for line in run.stderr.splitlines() if line.lstrip().startswith("::")]
    assert not set(run.stderr) & {"\x1b", "\r", "\u202e"}
    assert "##[" not in run.stderr


def test_a_file_without_permission(repository: Path) -> None:
    (repository / NAME).chmod(0)
    if os.access(repository / NAME, os.R_OK):
        pytest.skip("this user reads everything (root)")
    run = coe("check", cwd=repository)
    assert run.returncode == 2
    assert f"cannot read {NAME}: Permission denied" in run.stderr


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that even root cannot read: /proc/self/mem")
def test_a_file_that_the_system_refuses(repository: Path) -> None:
    (repository / "refused.md").symlink_to("/proc/self/mem")
    run = coe("check", "refused.md", cwd=repository)
    assert run.returncode == 2
    assert run.stderr.startswith("error: cannot read ")
    assert run.stderr.endswith("help: Check the path and its permissions.\n")


@pytest.mark.parametrize("words", [("circle.md",), ("-", "--stdin-filename", "circle.md"), ("--output-file", "circle.md")])
def test_a_link_that_leads_in_a_circle(repository: Path, words: tuple[str, ...]) -> None:
    (repository / "circle.md").symlink_to("circle.md")
    run = coe("check", *words, cwd=repository, stdin=DRAFT.encode())
    assert "Traceback" not in run.stderr
    if run.returncode == 2:
        assert run.stderr.startswith("error: ")


LIST = "\nThe steps:\n- one\n"
"""What --fix mends: a list without a blank line before it."""


def raw(*words: str, cwd: Path, stdin: bytes) -> subprocess.CompletedProcess[bytes]:
    """Run with the encoding of a terminal that knows ASCII only."""
    environment = {**os.environ, "PYTHONPATH": ROOT, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "coe", *words]
    return subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, env=environment, timeout=60, check=False)


@pytest.mark.parametrize("words", [("check", "-", "--fix"), ("check", "-", "--add-allow", "old"), ("fmt", "-")])
@pytest.mark.parametrize(
    "data",
    [(DRAFT + "Gr\xf6\xdfe\n" + LIST).encode("latin-1"), b"x\n" * 1_000_001, DRAFT.encode("utf-16")],
    ids=["latin-1", "large", "utf-16"],
)
def test_what_cannot_be_read_is_handed_back_as_it_is(repository: Path, words: tuple[str, ...], data: bytes) -> None:
    assert raw(*words, "--stdin-filename", NAME, cwd=repository, stdin=data).stdout == data


def test_what_is_handed_back_is_utf_8_wherever_it_is_shown(repository: Path) -> None:
    before = b"\xef\xbb\xbf" + (DRAFT + "\nA \N{FIRE} in Köln.\n" + LIST).replace("\n", "\r\n").encode()
    after = before.replace(b"steps:\r\n", b"steps:\r\n\r\n")
    assert raw("check", "-", "--fix", "--stdin-filename", NAME, cwd=repository, stdin=before).stdout == after
    assert raw("check", "-", "--fix", "--stdin-filename", NAME, cwd=repository, stdin=after).stdout == after


LEFT = "\nThe engineer forgot the lock.\n"


@pytest.mark.parametrize(
    ("left", "words", "status"), [("", (), 0), (LEFT, (), 1), (LEFT, ("--exit-zero",), 0), (LEFT, ("--fail-on", "error"), 0)]
)
def test_what_fixes_leave_of_standard_input_is_told_beside_the_document(
    repository: Path, left: str, words: tuple[str, ...], status: int
) -> None:
    before = (DRAFT + LIST + left).encode()
    run = coe("check", "-", "--fix", "--stdin-filename", NAME, *words, cwd=repository, stdin=before)
    assert (run.returncode, run.stdout) == (status, before.decode().replace("steps:\n", "steps:\n\n"))
    assert ("warning[negligence]" in run.stderr) == bool(left)
    assert run.stderr.splitlines()[-1].startswith("1 file checked")


def test_findings_in_standard_input_that_were_allowed_are_no_failure(repository: Path) -> None:
    run = coe(
        "check",
        "-",
        "--add-allow",
        "as said in the call",
        "--stdin-filename",
        NAME,
        cwd=repository,
        stdin=(DRAFT + LEFT).encode(),
    )
    assert (run.returncode, run.stderr) == (0, "1 file checked, nothing to report.\n")
    assert "as said in the call" in run.stdout


def test_a_dash_is_standard_output(repository: Path) -> None:
    run = coe("check", "--output-file", "-", cwd=repository)
    assert (run.returncode, run.stdout) == (0, "1 file checked, nothing to report.\n")
    assert not (repository / "-").exists()


def test_a_diff_can_be_applied_whatever_the_document_holds(repository: Path) -> None:
    text = (DRAFT + "\nA \N{FIRE}\N{LINE SEPARATOR} in\x0c Köln\r here.\n" + LIST).replace("\n", "\r\n").removesuffix("\r\n")
    (repository / NAME).write_bytes(text.encode())
    diff = raw("check", "--diff", cwd=repository, stdin=b"").stdout
    git = subprocess.run(["git", "apply", "--unsafe-paths", "-"], cwd=repository, input=diff, capture_output=True, check=False)
    assert git.returncode == 0, git.stderr
    assert (repository / NAME).read_bytes() == text.replace("steps:\r\n", "steps:\r\n\r\n").encode()


@pytest.mark.skipif(sys.platform == "win32", reason="needs names of files that Windows refuses")
@pytest.mark.parametrize("tool", [("git", "apply", "--unsafe-paths"), ("patch", "-p1", "-s", "--binary")])
def test_a_diff_can_be_applied_whatever_a_file_is_called(repository: Path, tool: tuple[str, ...]) -> None:
    if shutil.which(tool[0]) is None:
        pytest.skip(f"{tool[0]} is not installed")
    names = [
        "with space.md",
        "--- a.md",
        "tab\there.md",
        "two\nlines.md",
        'q"uote.md',
        "back\\slash.md",
        "größer.md",
        "100%.md",
    ]
    for name in names:
        (repository / name).write_bytes(LIST.encode())
    marked = repository / "marked.md"
    marked.write_bytes(b"\xef\xbb\xbf" + LIST.lstrip().replace("\n", "\r\n").encode())
    diff = raw("check", "--diff", cwd=repository, stdin=b"").stdout
    applied = subprocess.run(tool, cwd=repository, input=diff, capture_output=True, check=False)
    assert applied.returncode == 0, applied.stderr
    mended = LIST.replace("steps:\n", "steps:\n\n")
    assert {(repository / name).read_bytes() for name in names} == {mended.encode()}
    assert marked.read_bytes() == b"\xef\xbb\xbf" + mended.lstrip().replace("\n", "\r\n").encode()


def test_an_interrupt_before_the_first_step_ends_quietly(repository: Path) -> None:
    (repository / "typer.py").write_text("raise KeyboardInterrupt\n")  # what Ctrl-C does while modules are imported
    environment = {**os.environ, "PYTHONPATH": f"{repository}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-m", "coe", "rules"]
    run = subprocess.run(command, cwd=repository, capture_output=True, env=environment, timeout=60, check=False)
    status = -signal.SIGINT if os.name == "posix" else 130
    assert (run.returncode, run.stdout, run.stderr) == (status, b"", b"")


def shell(repository: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which `coe` is the command."""
    environment = {**os.environ, "PYTHONPATH": ROOT}
    line = command.replace("coe ", f"{sys.executable} -m coe ")
    return subprocess.run(
        ["bash", "-c", line], cwd=repository, capture_output=True, env=environment, timeout=60, check=False, text=True
    )


@pytest.mark.parametrize("words", ["check", "check --no-cache", "rules", "--version"])
def test_a_closed_standard_output_is_no_failure(repository: Path, words: str) -> None:
    for _ in range(2):  # the second time from what is kept
        run = shell(repository, f"coe {words} >&-")
        assert (run.returncode, run.stderr) == (0, "")


def test_a_closed_standard_input_is_empty(repository: Path) -> None:
    run = shell(repository, "coe check - <&-")
    assert (run.returncode, run.stdout, run.stderr) == (0, "1 file checked, nothing to report.\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full: /dev/full")
def test_a_full_disk_is_told_by_every_run(repository: Path) -> None:
    coe("check", cwd=repository)
    for words in ("check", "check --no-cache"):
        run = shell(repository, f"coe {words} >/dev/full")
        assert run.returncode == 2
        assert run.stderr == "error: input or output: No space left on device\n"


def test_a_report_goes_into_a_pipe_or_device_and_never_in_its_place(repository: Path) -> None:
    os.mkfifo(repository / "pipe")
    run = shell(repository, "cat pipe & coe check --output-file pipe; wait")
    assert (run.returncode, run.stderr) == (0, "")
    assert "1 file checked, nothing to report." in run.stdout
    assert (repository / "pipe").is_fifo()
    assert "1 file checked" in shell(repository, "coe check --output-file /dev/stdout | cat").stdout


@pytest.mark.parametrize("words", ["check", "check --no-cache", "check --output-format json --no-cache", "check --diff"])
@pytest.mark.parametrize("flaws", [0, 1000])
def test_a_reader_that_is_gone_changes_no_status(repository: Path, words: str, flaws: int) -> None:
    (repository / NAME).write_text(DRAFT + "text\n- item\n\n" * flaws)
    status = min(flaws, 1)
    for _ in range(2):  # the second time from what is kept
        run = shell(repository, f"coe {words} | true; echo ${{PIPESTATUS[0]}}")
        assert (run.stdout, run.stderr) == (f"{status}\n", "")


def test_what_went_wrong_is_told_by_the_status_where_nobody_listens(repository: Path) -> None:
    run = shell(
        repository,
        "coe check nowhere 2>&1 | true; echo ${PIPESTATUS[0]}; coe rules --format json | true; echo ${PIPESTATUS[0]}",
    )
    assert (run.stdout, run.stderr) == ("2\n0\n", "")


@pytest.mark.parametrize(("name", "status"), [("coes/2025", 2), ("lost+found", 0)])
def test_a_folder_that_cannot_be_looked_into_is_told(repository: Path, name: str, status: int) -> None:
    (repository / name).mkdir()
    (repository / name).chmod(0)
    if os.access(repository / name, os.R_OK):
        pytest.skip("this user reads everything (root)")
    for _ in range(2):  # the second time from what is kept, if it were
        run = coe("check", cwd=repository)
        assert (run.returncode, f"cannot read the folder {name}: Permission denied" in run.stderr) == (status, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("explain negligence --format josn", "'josn' is not one of 'text', 'json', 'markdown'. Did you mean 'json'?"),
        ("rules --format txt", "'txt' is not one of 'text', 'json', 'markdown'. Did you mean 'text'?"),
        ("rules --format it's", "\"it's\" is not one of 'text', 'json', 'markdown'."),
        ("config show --format tmol", "'tmol' is not one of 'toml', 'json'. Did you mean 'toml'?"),
        ("config show --format pdf", "'pdf' is not one of 'toml', 'json'."),
        ("check --fail-on warnings", "'warnings' is not one of 'note', 'warning', 'error'. Did you mean 'warning'?"),
        ("check --output-format sarrif", "'rdjson', 'markdown'. Did you mean 'sarif'?"),
        ("schema coee", "Did you mean `coe`? There are coe, tenet, "),
    ],
)
def test_a_value_that_is_none_names_those_there_are_and_the_nearest(repository: Path, words: str, said: str) -> None:
    run = coe(*words.split(" "), cwd=repository)
    assert (run.returncode, run.stdout) == (2, "")
    last = run.stderr.splitlines()[-1]
    assert said in last
    assert ("Did you mean" in last) == ("Did you mean" in said)
    assert "Value error" not in last
