"""`coe lint` on any Markdown: what is prose is read at its place, whatever tool the file was written for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from test_cli_check import coe

from coe.check import Selection, active_rules, check
from coe.config import Config, Repository
from coe.corpus import Corpus, analyse
from coe.read import Source

LAPSE = "The engineer forgot to page."
MARKED = "forgot to page"


def lapses(text: str, name: str = "notes.md") -> list[int]:
    """Return the lines on which «forgot» is found, and nothing else."""
    repository = Repository(Path("/r"), Config())
    analysis = analyse(Source(name, text, Path("/r") / name), repository)
    rules = active_rules(repository.config, Selection(frozenset({"language", "allowance"})))
    found = check(Corpus(repository, (analysis,)), [analysis], rules)
    assert {one.rule for one in found} <= {"negligence"}, [one.message for one in found]
    assert all(one.source.text[one.span.start :].startswith("forgot") for one in found)
    return [one.start.line for one in found]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"!!! note\n    {LAPSE}\n\n    {LAPSE}\n\nText.\n", [2, 4]),
        (f'??? warning "Title"\n\n    {LAPSE}\n\n    ```\n    {LAPSE}\n    ```\n\n    {LAPSE}\n', [3, 9]),
        (f'=== "Tab"\n\n    {LAPSE}\n', [3]),
        (f":::note\n{LAPSE}\n:::\n", [2]),
        (f"[^1]: First words.\n\n    {LAPSE}\n", [3]),
        (f"[^1]: {LAPSE}\n", [1]),
        (f"Text.\n\n    {LAPSE}\n", []),
        (f"> [!NOTE]\n> {LAPSE}\n\n> {LAPSE}\n", [2]),
        ("> [!NOTE]\n> The operator forgot to lock the door.\n", [2]),
        (f"> [!WARNING]\n> Text.\n>\n> > {LAPSE}\n>\n> {LAPSE}\n", [6]),
        (f"<details>\n<summary>{LAPSE}</summary>\n\n{LAPSE}\n</details>\n", [2, 4]),
        (f'<p align="center">\n  {LAPSE}\n</p>\n', [2]),
        (f"<Callout>\n  {LAPSE}\n</Callout>\n", [2]),
        (
            f"<script>\n// {LAPSE}\n</script>\n\n<pre>\n{LAPSE}\n</pre>\n\n<!--\n{LAPSE}\n-->\n\n<style>\n{LAPSE}\n</style>\n",
            [],
        ),
        (f"It is <code>{LAPSE}</code>, <kbd>{LAPSE}</kbd> and <q>{LAPSE}</q>\n", []),
        (f"| a | b |\n|---|---|\n| x | {LAPSE} \\| y |\n| {LAPSE}<br>{LAPSE} | z |\n", [3, 4, 4]),
        (f"Setext\n{LAPSE}\n---\n\nText.\n===\n", [2]),
        (f"import X from './x'\nexport const a = '{LAPSE}'\n\n{{/* {LAPSE} */}}\n\n{LAPSE}\n", [6]),
        (f"{{% note {LAPSE} %}} and {{{{ {LAPSE} }}}}\n", []),
        ("The&nbsp;engineer&#32;forgot&nbsp;to page.\n", [1]),
        (f"Set x<y; {LAPSE} It took > 3 hours. The engineer<br/>\nforgot it.\n", [1, 2]),
        (f"+++\ntitle = '''{LAPSE}'''\n+++\n\n{LAPSE}\n", [5]),
        (f"---\n\n{LAPSE}\n\n---\n\n{LAPSE}\n", [3, 7]),
        (f"---\n{LAPSE}\n", [2]),
        (f"---\ntitle: x\n---\n{LAPSE}\n", [4]),
        (f"-\ta\n\n\t-\t{LAPSE}\n\n1. {LAPSE}\n   - [ ] {LAPSE}\n", [3, 5, 6]),
        (f"{LAPSE} [x][y]\n\n[y]: https://example.com \"{LAPSE}\"\n\n![{LAPSE}](x.png '{LAPSE}')\n", [1]),
        (f"\ufeff# T\r\n\r\nOne.\r\n{LAPSE}\r\n", [4]),
        (f"a\r\rb\r{LAPSE}\r", [4]),
        (f"{'word ' * 5000}\n\n{LAPSE} {'x' * 100_000}\n", [3]),
    ],
)
def test_prose_is_read_and_nothing_else(text: str, lines: list[int]) -> None:
    assert lapses(text.removeprefix("\ufeff")) == lines


@pytest.mark.parametrize(
    ("field", "lines"),
    [
        ("a: >-\n  The engineer\n  forgot to page.", [4]),
        ("a: |+\n    The engineer\n    forgot to page.", [4]),
        ("a: The engineer\n  forgot to page.", [3]),
        ("a: 'It''s late. The engineer forgot to page.'", [2]),
        ('a: "It\'s \\"late\\".\\n\\nThe engineer forgot\\tto page."', [2]),
        ('a: "The engineer \\\n  forgot to page."', [3]),
        ("a: {b: The engineer forgot to page, c: [x, 'The engineer forgot to page']}", [2, 2]),
        ("a: &x The engineer forgot to page.\nb: *x", [2]),
        ("a:\n- b:\n  - The engineer forgot to page.", [4]),
        ("a: one two # The engineer forgot to page.", []),
        ("url: The engineer forgot to page.", []),
    ],
)
def test_fields_are_read_at_their_true_places(field: str, lines: list[int]) -> None:
    assert lapses(f"---\n{field}\n---\n\n# T\n") == lines


def test_contractions_between_single_quotes() -> None:
    repository = Repository(Path("/r"), Config())
    analysis = analyse(Source("n.md", "---\na: 'The engineer didn''t follow the runbook.'\n---\n"), repository)
    (found,) = check(Corpus(repository, (analysis,)), [analysis], active_rules(repository.config, Selection()))
    assert (found.rule, found.field) == ("negligence", "a")
    assert "didn't follow the runbook" in found.message


def test_files_folders_and_nothing_else(tmp_path: Path) -> None:
    for place in ("README.md", "runbooks/deep/a.MD", "runbooks/b.markdown", "runbooks/c.txt", "other.md", ".hidden/x.md",
                  "node_modules/p/README.md", ".venv/x.md", ".git/x.md"):  # fmt: skip
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(f"# T\n\n{LAPSE}\n")
    (tmp_path / "runbooks/nowhere.md").symlink_to("missing.md")
    (tmp_path / "runbooks/circle.md").symlink_to("circle.md")
    os.mkfifo(tmp_path / "runbooks/pipe.md")
    run = coe("lint", "README.md", "runbooks/", "README.md", "--output-format", "concise", cwd=tmp_path)
    assert (run.returncode, run.stderr) == (1, "")
    assert [line.split(":")[0] for line in run.stdout.splitlines()] == [
        "README.md",
        "runbooks/b.markdown",
        "runbooks/deep/a.MD",
    ]
    everything = coe("lint", "--output-format", "concise", cwd=tmp_path).stdout
    assert {line.split(":")[0] for line in everything.splitlines()} == {
        "README.md", "other.md", "runbooks/b.markdown", "runbooks/deep/a.MD"
    }  # fmt: skip
    named = coe("lint", "runbooks/c.txt", "../" + tmp_path.name + "/.hidden/x.md", "--output-format", "concise", cwd=tmp_path)
    assert named.stdout.count("[negligence]") == 2


def test_standard_input_has_the_configuration_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/coe.toml").write_text('[lint.severity]\nnegligence = "note"\n')
    text = f"# T\n\n{LAPSE}\n".encode()
    plain = coe("lint", "-", "--output-format", "concise", cwd=tmp_path, stdin=text)
    assert (plain.returncode, plain.stdout[:24]) == (1, "stdin.md:3:14: warning: ")
    named = coe("lint", "-", "--stdin-filename", "sub/new/x.md", "--output-format", "concise", cwd=tmp_path, stdin=text)
    assert (named.returncode, named.stdout[:24]) == (0, "sub/new/x.md:3:14: note:")
    fields = b"---\r\nid: x\r\nseverity: SEV1\r\nimpact: {}\r\nsummary: >-\r\n  The engineer\r\n  forgot to page.\r\n---\r\n"
    coes = coe("lint", "-", "--stdin-filename", "coes/2026/x.md", "--output-format", "concise", cwd=tmp_path, stdin=fields)
    assert coes.stdout.startswith("coes/2026/x.md:7:3: warning: ")
    assert coe("lint", "-", cwd=tmp_path, stdin=b"").returncode == 0
