"""`--diff`: the real git and the real patch take it, in the folder where its paths begin."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from test_cli_check import coe, raw
from test_workflow import commit, git, write

LIST = "The steps:\n- one\n- two\n"
MENDED = LIST.replace("steps:\n", "steps:\n\n")
PLACES = ("a note.md", "coes/größer.md", "coes/2026/deep.md")
GIT, PATCH = ("git", "apply"), ("patch", "-p1", "-s", "--binary")


def repository(root: Path) -> Path:
    write(root, "", "coe.toml")
    for name in PLACES:
        write(root, LIST, name)
    return root


def applied(tool: tuple[str, ...], diff: bytes, folder: Path) -> tuple[int, bytes]:
    if shutil.which(tool[0]) is None:
        pytest.skip(f"{tool[0]} is not installed")
    run = subprocess.run(tool, cwd=folder, input=diff, capture_output=True, check=False)
    return run.returncode, run.stderr


def mended(root: Path) -> list[str]:
    return [name for name in PLACES if (root / name).read_text("utf-8") == MENDED]


@pytest.mark.parametrize("tool", [GIT, PATCH], ids=lambda tool: tool[0])
@pytest.mark.parametrize(
    ("top", "start", "words", "applies", "changed"),
    [
        ("", "", (), "", PLACES),
        ("", "coes", (), "", PLACES),
        ("", "coes", (".",), "coes", PLACES[1:]),
        ("", "coes/2026", (), "", PLACES),
        ("", "coes/2026", ("../../a note.md",), "", PLACES[:1]),
        ("docs/kept", "docs/kept", (), "docs/kept", PLACES),
        ("docs/kept", "docs/kept/coes", (), "", PLACES),
        ("docs/kept", "", ("docs/kept",), "", PLACES),
    ],
)
def test_a_diff_in_a_checkout_applies_where_it_was_made_or_at_the_top(
    tmp_path: Path, tool: tuple[str, ...], top: str, start: str, words: tuple[str, ...], applies: str,
    changed: tuple[str, ...],
) -> None:  # fmt: skip
    root = repository(tmp_path / top)
    git(tmp_path, "init", "--quiet")
    run = raw("check", "--diff", *words, cwd=tmp_path / start, stdin=b"")
    told = "" if applies == start else f"The paths of the diff begin at {up(start, applies)}: apply it there.\n"
    assert (run.returncode, run.stderr.decode()) == (1, told)
    assert applied(tool, run.stdout, tmp_path / applies) == (0, b"")
    assert mended(root) == list(changed)


def up(start: str, applies: str) -> str:
    return "/".join([".."] * (len(Path(start).parts) - len(Path(applies).parts)))


@pytest.mark.parametrize("tool", [GIT, PATCH], ids=lambda tool: tool[0])
@pytest.mark.parametrize(("start", "applies"), [("", ""), ("coes", ""), ("coes/2026", "")])
def test_outside_of_git_a_diff_applies_at_the_repository(
    tmp_path: Path, tool: tuple[str, ...], start: str, applies: str
) -> None:
    root = repository(tmp_path / "kept")
    run = raw("check", "--diff", cwd=root / start, stdin=b"")
    assert applied(tool, run.stdout, root) == (0, b"")
    assert mended(root) == list(PLACES)


def test_outside_of_git_it_is_the_repository_even_where_some_folder_of_it_holds_all_files(tmp_path: Path) -> None:
    root = repository(tmp_path)
    (root / PLACES[0]).unlink()
    assert "\n+++ b/coes/2026/deep.md\n" in f"\n{coe('check', '--diff', cwd=root / 'coes/2026').stdout}"


def test_a_repository_inside_another_one_of_git_applies_its_diff_by_itself(tmp_path: Path) -> None:
    """A checkout that is kept in a checkout: git looks no further up than the inner one."""
    root = repository(tmp_path / "vendor" / "coes-of-others")
    for top in (tmp_path, root):
        git(top, "init", "--quiet")
    commit(root)
    run = raw("check", "--diff", cwd=root / "coes", stdin=b"")
    assert run.stderr == b"The paths of the diff begin at ..: apply it there.\n"
    assert applied(GIT, run.stdout, root) == (0, b"")
    assert mended(root) == list(PLACES)


@pytest.mark.parametrize("tool", [GIT, PATCH], ids=lambda tool: tool[0])
def test_files_of_no_common_checkout_have_the_folder_that_holds_them_all(tmp_path: Path, tool: tuple[str, ...]) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for root in (one, other):
        write(root, LIST, "notes.md")
        git(root, "init", "--quiet")
    run = raw("check", "--diff", "notes.md", "../other/notes.md", cwd=one, stdin=b"")
    assert run.stderr == b"The paths of the diff begin at ..: apply it there.\n"
    assert applied(tool, run.stdout, tmp_path) == (0, b"")
    assert [(root / "notes.md").read_text() for root in (one, other)] == [MENDED] * 2


def test_what_is_looked_at_says_where_paths_begin_and_not_what_changes(tmp_path: Path) -> None:
    root = repository(tmp_path)
    (root / "a note.md").write_text(MENDED)
    assert "\n+++ b/coes/2026/deep.md\n" in coe("check", "--diff", cwd=root / "coes").stdout


def test_an_empty_diff_begins_nowhere(tmp_path: Path) -> None:
    write(tmp_path, "", "coe.toml")
    write(tmp_path, MENDED, "notes.md")
    (tmp_path / "coes").mkdir()
    run = coe("check", "--diff", cwd=tmp_path / "coes")
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_standard_input_is_the_file_that_it_is_called(tmp_path: Path) -> None:
    root = repository(tmp_path)
    name = "../a note.md"
    run = raw("check", "-", "--diff", "--stdin-filename", name, cwd=root / "coes", stdin=LIST.encode())
    assert applied(PATCH, run.stdout, root) == (0, b"")
    assert mended(root) == ["a note.md"]


def test_canonical_form_as_a_diff_applies_at_the_top(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path, "", "docs/coe.toml")
    for name in ("docs/tenets/one.md", "docs/coes/note.md"):
        write(tmp_path, "---\ntitle:   'One'\n---\n\nText.\n", name)
    run = raw("fmt", "--diff", cwd=tmp_path / "docs/coes", stdin=b"")
    assert b"The paths of the diff begin at ../..: apply it there.\n" in run.stderr
    assert applied(GIT, run.stdout, tmp_path) == (0, b"")
    assert coe("fmt", "--check", cwd=tmp_path / "docs").returncode == 0
