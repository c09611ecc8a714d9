"""The terminal transcripts in our documentation: find them, run them, and compare or write down what is printed.

A `console` block is run as it stands: `$ ` begins a command, what follows is its output, `…` on a line of its own stands
for lines left out. The blocks of a page run one after the other in a new, empty git repository, and a block with
`title="PATH"` is a file that is written there first. A comment above a block may say otherwise:

    <!-- transcript: in a clone -->          run where examples/ and tests/fixtures/flawed/ are, as in a clone of ours
    <!-- transcript: not run: REASON -->     for what needs the network, a person or a long time

A command must exit with 0 unless the next one is `echo $?`.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = "…"
IN_A_CLONE = "in a clone"
_MARK = re.compile(r"<!-- transcript: (.+?) -->$")
_FENCE = re.compile(r"( *)(`{3,})([a-z]*)(.*)$")
_TITLE = re.compile(r'title="([^"]+)"')
_GENERATED = ("rules", "reference")
_CLONED = ("examples", "tests/fixtures/flawed")
_BUILT = shutil.ignore_patterns("site", ".coe", "__pycache__")


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its lines, where they start in the page (from 0), and what the comment above it says."""

    language: str
    lines: tuple[str, ...]
    first: int
    title: str | None = None
    mark: str | None = None
    indent: str = ""

    @property
    def reason(self) -> str | None:
        """Return why the block is not run, absent when it is."""
        return self.mark.removeprefix("not run: ") if self.mark and self.mark.startswith("not run: ") else None


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a block with the output that the page shows."""

    command: str
    shown: tuple[str, ...]


def pages() -> list[Path]:
    """Return the pages whose transcripts are kept true; the generated ones show usage, and no output."""
    own = [ROOT / name for name in ("README.md", "CONTRIBUTING.md")]
    return own + sorted(file for file in (ROOT / "docs").rglob("*.md") if file.parent.name not in _GENERATED)


def blocks(text: str) -> Iterator[Block]:
    """Yield the fenced blocks of a page."""
    lines = text.splitlines()
    mark, number = None, 0
    while number < len(lines):
        line = lines[number]
        if found := _MARK.match(line.strip()):
            mark = found[1]
        elif opening := _FENCE.match(line):
            indent, fence, language, rest = opening.groups()
            last = next(n for n in range(number + 1, len(lines)) if lines[n].strip() == fence)
            title = _TITLE.search(rest)
            inner = tuple(inner.removeprefix(indent) for inner in lines[number + 1 : last])
            yield Block(language, inner, number + 1, title[1] if title else None, mark, indent)
            mark, number = None, last
        elif line.strip():
            mark = None
        number += 1


def steps(block: Block) -> list[Step]:
    """Return the commands of a block.

    Errors: `ValueError` for a block that does not begin with a command.
    """
    found: list[tuple[str, list[str]]] = []
    for line in block.lines:
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif not found:
            raise ValueError(f"line {block.first + 1}: a transcript begins with `$ ` and a command")
        elif found[-1][0].endswith("\\"):
            found[-1] = (f"{found[-1][0]}\n{line}", [])
        else:
            found[-1][1].append(line)
    return [Step(command, tuple(shown)) for command, shown in found]


def matches(shown: tuple[str, ...], printed: tuple[str, ...]) -> bool:
    """Say whether the output shown is the output printed, where `…` stands for any number of lines."""
    pattern = "".join(r"(?:.*\n)*" if line.strip() == LEFT_OUT else re.escape(line) + r"\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


class Stage:
    """Where the blocks of one page run: an empty repository, and a clone of ours when a block asks for it."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.clone = folder / "clone"
        self.bin = folder / "bin"
        for made in (self.home, self.bin):
            made.mkdir()
        shim = self.bin / "coe"
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m coe "$@"\n', "utf-8")
        shim.chmod(0o755)
        self.code = 0
        self.here: dict[bool, Path] = {False: self.home}
        self._git(self.home)

    def where(self, block: Block) -> Path:
        """Return the folder in which a block runs now."""
        cloned = block.mark == IN_A_CLONE
        if cloned and not self.clone.exists():
            for name in _CLONED:
                shutil.copytree(ROOT / name, self.clone / name, ignore=_BUILT)
            self._git(self.clone)
            self.here[True] = self.clone
        return self.here[cloned]

    def run(self, command: str, block: Block) -> tuple[str, ...]:
        """Return the lines that a command prints, standard error included, and keep its exit code."""
        if command == "echo $?":
            return (str(self.code),)
        folder = self.where(block)
        if command.startswith("cd "):
            self.here[block.mark == IN_A_CLONE] = (folder / command[3:].strip()).resolve()
            return ()
        done = subprocess.run(
            ["bash", "-c", command], cwd=folder, env=self._environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, timeout=120, check=False,
        )  # fmt: skip
        self.code = done.returncode
        return tuple(line.rstrip() for line in done.stdout.splitlines())

    def _environment(self) -> dict[str, str]:
        path = f"{self.bin}{os.pathsep}{os.environ['PATH']}"
        return {
            "PATH": path, "HOME": str(self.bin), "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "COLUMNS": "100",
            "NO_COLOR": "1", "TERM": "dumb", "TZ": "UTC", "PYTHONUNBUFFERED": "1", "_TYPER_FORCE_DISABLE_TERMINAL": "1",
        }  # fmt: skip

    def _git(self, folder: Path) -> None:
        subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(folder)], check=True, env=self._environment())


def replay(text: str, folder: Path) -> Iterator[tuple[Block, Step, tuple[str, ...], bool]]:
    """Run a page in a folder; yield each command with what it printed, and whether its exit code was told."""
    stage = Stage(folder)
    for block in blocks(text):
        if block.title and block.language != "console" and not block.mark:
            file = stage.where(block) / block.title
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("\n".join(block.lines) + "\n", "utf-8")
        if block.language != "console" or block.reason:
            continue
        todo = steps(block)
        for number, step in enumerate(todo):
            printed = stage.run(step.command, block)
            told = number + 1 < len(todo) and todo[number + 1].command == "echo $?"
            yield block, step, printed, told or stage.code == 0 or step.command == "echo $?"


def rewritten(text: str, folder: Path) -> str:
    """Return a page with what its commands print now; an output that still matches stays as it is."""
    lines = text.splitlines()
    fresh: dict[int, list[str]] = {}
    found: dict[int, Block] = {}
    for block, step, printed, _ in replay(text, folder):
        found[block.first] = block
        shown = step.shown if matches(step.shown, printed) else printed
        fresh.setdefault(block.first, []).extend([*f"$ {step.command}".split("\n"), *shown])
    for first in sorted(fresh, reverse=True):
        block = found[first]
        lines[first : first + len(block.lines)] = [f"{block.indent}{line}".rstrip() for line in fresh[first]]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Run the command line and return its exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("pages", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true", help="write down what the commands print now")
    options = parser.parse_args()
    stale = 0
    for page in [page.resolve() for page in options.pages] or pages():
        before = page.read_text("utf-8")
        with tempfile.TemporaryDirectory() as folder:
            after = rewritten(before, Path(folder))
        if after != before:
            stale += 1
            print(f"{'written' if options.write else 'stale'}: {page.relative_to(ROOT)}")
            if options.write:
                page.write_text(after, "utf-8")
    return int(bool(stale) and not options.write)


if __name__ == "__main__":
    sys.exit(main())
