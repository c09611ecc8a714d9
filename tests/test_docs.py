"""What a newcomer reads is true: links lead somewhere, transcripts print what they show, and our own words pass our linter."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from coe.check import check
from coe.example import example
from coe.rule import Rule
from tools.transcripts import IN_A_CLONE, blocks, matches, pages, replay, steps

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])
RUN = [page for page in pages() if any(block.language == "console" for block in blocks(page.read_text("utf-8")))]
LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)<>\s]+)>?(?:\s+\"[^\"]*\")?\)|(?:src|href)=\"([^\"]+)\"")
HEADING = re.compile(r"^#{1,6} (.+?)(?: *\{#([\w-]+)\})?$", re.MULTILINE)
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "_TYPER_FORCE_DISABLE_TERMINAL": "1"}


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def without_code(text: str) -> str:
    text = re.sub(r"^( *)(`{3,}).*?^\1\2$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"(`+)(?!`).+?\1", "", text)


def anchors(page: Path) -> set[str]:
    found = HEADING.findall(re.sub(r"^`{3,}.*?^`{3,}$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL))
    return {own or re.sub(r"[^\w\- ]", "", words.lower()).strip().replace(" ", "-") for words, own in found}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for pair in LINK.findall(without_code(page.read_text("utf-8"))):
        target = pair[0] or pair[1]
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and file.suffix == ".md" and anchor not in anchors(file)):
            broken.append(target)
    assert not broken


@pytest.mark.parametrize("page", RUN, ids=name)
def test_transcripts_are_true(page: Path, tmp_path: Path) -> None:
    ran = 0
    for block, step, printed, ended_well in replay(page.read_text("utf-8"), tmp_path):
        ran += 1
        where = f"{name(page)}:{block.first}: $ {step.command}"
        assert ended_well, f"{where}\nfailed:\n" + "\n".join(printed)
        assert matches(step.shown, printed), f"{where}\nprints now:\n" + "\n".join(printed)
    skipped = [block for block in blocks(page.read_text("utf-8")) if block.language == "console" and block.reason]
    assert ran or skipped


def test_marks_are_known_and_reasons_are_given() -> None:
    for page in pages():
        for block in blocks(page.read_text("utf-8")):
            assert block.mark in (None, IN_A_CLONE) or (block.reason or "").strip(), f"{name(page)}:{block.first}"


def test_a_wrong_transcript_is_found(tmp_path: Path) -> None:
    page = "```console\n$ echo one\ntwo\n$ false\n$ false\n$ echo $?\n1\n```\n"
    found = [(step.command, matches(step.shown, printed), well) for _, step, printed, well in replay(page, tmp_path)]
    assert found == [("echo one", False, True), ("false", True, False), ("false", True, True), ("echo $?", True, True)]


def test_lines_left_out() -> None:
    assert matches(("a", "…", "d"), ("a", "b", "c", "d"))
    assert not matches(("a", "…", "d"), ("a", "b", "c"))
    [block] = blocks("```console\n$ coe check \\\n  examples\nfine\n```\n")
    assert [step.shown for step in steps(block)] == [("fine",)]


def test_the_rule_that_contributors_are_shown_works() -> None:
    [block] = [block for block in blocks((ROOT / "CONTRIBUTING.md").read_text("utf-8")) if block.language == "python"]
    module: dict[str, object] = {"__name__": "coe.rules.structure.shown"}
    exec("\n".join(block.lines), module)  # noqa: S102 (our own page)
    [rule] = [value for value in module.values() if isinstance(value, Rule)]
    for shown in rule.examples:
        made = example(rule, shown)
        found = [one.span for one in check(made.corpus, [made.analysis], (rule,)) if one.rule == rule.name]
        assert tuple(found) == made.marks
    assert rule.summary.endswith(".")


def test_our_own_words_pass_our_linter() -> None:
    paths = [*(name(page) for page in sorted(ROOT.glob("*.md"))), "docs", "changelog.d", "benchmarks"]
    done = subprocess.run(
        [sys.executable, "-m", "coe", "lint", "--output-format", "concise", *paths],
        cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


class Hosts(HTMLParser):
    """Collects what a page would fetch from elsewhere when it is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        address = values.get("src") or (values.get("href") if tag == "link" and values.get("rel") != "canonical" else None)
        if address and re.match(r"(https?:)?//", address):
            self.fetched.append(address)


def test_the_documentation_builds_and_asks_no_other_host(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)],
        cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    sources = {file.relative_to(ROOT / "docs") for file in (ROOT / "docs").rglob("*.md")}
    built = [tmp_path / (one.parent if one.stem == "index" else one.with_suffix("")) / "index.html" for one in sources]
    assert len(built) > 15
    for file in built:
        page = Hosts()
        page.feed(file.read_text("utf-8"))
        assert not page.fetched, file
