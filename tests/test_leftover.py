"""Allowances that allow nothing: taken out by `--fix` where everything around them stays what it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_cli_check import coe
from test_workflow import COE, commit, git, write

from coe.format.allowance import allowed
from coe.parse.document import Document, parse
from coe.parse.leftover import without
from coe.parse.tree import to_data
from coe.read import Source, markdown_files, read

OLD = "<!-- coe: allow absolutes: as quoted -->"
YAML = "# coe: allow absolutes: as quoted"
EXAMPLES = sorted(markdown_files(Path(__file__).parents[1] / "examples" / "coes"))


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (f"{OLD}\nText.\n", "Text.\n"),
        (f"{OLD}\n\nText.\n", "Text.\n"),
        (f"One.\n\n{OLD}\nText.\n", "One.\n\nText.\n"),
        (f"One.\n\n{OLD}\n\nText.\n", "One.\n\nText.\n"),
        (f"One.\r\n\r\n{OLD}\r\n\r\nText.\r\n", "One.\r\n\r\nText.\r\n"),
        (f"One.\n\n{OLD}\n", "One.\n"),
        (f"One.\n\n{OLD}", "One.\n"),
        (f"- one {OLD}\n- two\n", "- one\n- two\n"),
        (f"One. {OLD}\nTwo.\n", "One.\nTwo.\n"),
        (f"---\n{YAML}\na: b\n---\n", "---\na: b\n---\n"),
        (f"---\na: b  {YAML}\nc: d\n---\n", "---\na: b\nc: d\n---\n"),
    ],
)
def test_what_is_left_over_goes_with_the_gap_that_it_leaves(text: str, after: str) -> None:
    assert _without_all(parse(Source("a.md", text))) == after


@pytest.mark.parametrize(
    "text",
    [
        f"One.\n{OLD}\nTwo.\n",
        f"- one\n\n{OLD}\n- two\n",
        f"- one\n\n{OLD}\n    code\n",
        f"    code\n\n{OLD}\n    code\n",
        f"One\n- {OLD}\n",
        f"<!-- a remark\n{OLD}\nof three lines -->\n",
        f"One.\n\n  {OLD}\n  {OLD}\n\n# Two\n",
        f"---\na: b\n{YAML}\n c: d\n---\n",
        f"{OLD}\n---\na: b\n---\n",
    ],
)
def test_what_parts_blocks_stays_for_its_author(text: str) -> None:
    assert _without_all(parse(Source("a.md", text))) == text


@pytest.mark.parametrize("file", EXAMPLES[:12], ids=lambda file: file.stem)
def test_what_add_allow_has_written_can_be_taken_out_again(file: Path) -> None:
    before = read(file).text.replace("coe: allow", "coe says")
    document = parse(Source(file.name, before, file))
    places = [(block.span, "absolutes") for block in document.body.blocks if block.kind == "paragraph"]
    places += [(leaf.value.span, "yaml-look-alike") for leaf in document.leaves[::7]]
    marked = parse(Source(file.name, allowed(document, places, "an old report"), file))
    assert len(marked.allowances) > 5
    after = parse(Source(file.name, _without_all(marked), file))
    assert to_data(after.tree) == to_data(document.tree)
    assert _shape(after) == _shape(document)
    left = [one.span for one in after.allowances]
    assert len(left) <= len(marked.allowances) // 4
    assert left or after.text == before


def _shape(document: Document) -> list[tuple[str, int]]:
    return [(block.kind, block.level) for block in document.body.blocks if block.kind != "html_block"]


def _without_all(document: Document) -> str:
    text = document.text
    edits = [edit for edit in without(document, document.allowances) if edit]
    for edit in sorted(edits, key=lambda one: one.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def test_a_fix_takes_them_out_and_a_second_run_has_nothing_to_do(tmp_path: Path) -> None:
    text = f"{OLD}\n<!-- coe: allow negligence: as said -->\nThe engineer forgot to renew it.\n\n- one {OLD}\n"
    write(tmp_path, text, "notes.md")
    assert coe("lint", "--fix", "notes.md", cwd=tmp_path).returncode == 0
    mended = (tmp_path / "notes.md").read_text("utf-8")
    assert mended == text.replace(f"{OLD}\n<", "<").replace(f" {OLD}", "")
    assert coe("lint", "--diff", "notes.md", cwd=tmp_path).stdout == ""


def test_no_allowance_is_written_for_one_that_is_left_over(tmp_path: Path) -> None:
    write(tmp_path, f"{OLD}\nText.\n", "notes.md")
    for _ in range(2):
        run = coe("lint", "--add-allow", "old", "--output-format", "concise", "notes.md", cwd=tmp_path)
        assert run.stdout.count("[unused-allowance]") == 1
    assert (tmp_path / "notes.md").read_text("utf-8") == f"{OLD}\nText.\n"


@pytest.mark.parametrize(
    "text",
    [
        f"<!-- coe: allow unused-allowance: for one more quarter -->\n{OLD}\nText.\n",
        f"{OLD}\nText.\n\n<!-- coe: allow-file unused-allowance: for one more quarter -->\n",
        f"---\n# coe: allow unused-allowance: for one more quarter\n{YAML}\ntitle: b\n---\n",
    ],
)
def test_one_may_be_kept_with_a_reason_and_not_without_need(tmp_path: Path, text: str) -> None:
    """As the page of the rule says."""
    write(tmp_path, text, "notes.md")
    assert coe("lint", "notes.md", cwd=tmp_path).returncode == 0
    write(tmp_path, text.replace(OLD, "").replace(YAML, "# a remark"), "notes.md")
    run = coe("lint", "notes.md", cwd=tmp_path)
    assert run.returncode == 1
    assert "nothing here is reported by `unused-allowance`" in run.stdout


def test_where_no_change_is_judged_an_allowance_of_one_waits(tmp_path: Path) -> None:
    """A pull request allows a step that skips a status: the same files are checked without `--base` as well."""
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    write(tmp_path, "policy.require = []\n", "coe.toml")
    name, given = "coes/2026/2026-07-14-checkout.md", {"severity": "SEV3", "end": "2026-07-14T14:29:00Z", "more": ""}
    write(tmp_path, COE.format(id="2026-07-14-checkout", status="draft", **given), name)
    commit(tmp_path)
    after = COE.format(id="2026-07-14-checkout", status="published", **given)
    words = ("check", "--select", "illegal-transition,unused-allowance", "--output-format", "concise")
    write(tmp_path, after.replace("status:", "# coe: allow illegal-transition: agreed in the review\nstatus:"), name)
    assert coe(*words, "--base", "main", cwd=tmp_path).stdout == ""
    assert coe(*words, cwd=tmp_path).stdout == ""
    write(
        tmp_path, after.replace("published", "draft").replace("status:", "# coe: allow illegal-transition: why\nstatus:"), name
    )
    assert "[unused-allowance]" in coe(*words, "--base", "main", cwd=tmp_path).stdout
