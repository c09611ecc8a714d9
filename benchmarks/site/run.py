"""Measure the build of the site beside plain mkdocs-material (and zensical, when it is installed) over as many plain pages.

    python benchmarks/site/run.py                 1,000 COEs
    python benchmarks/site/run.py --large         10,000 as well
    python benchmarks/site/run.py --write         and write RESULTS.md beside this file

CPU seconds of the process and its children; they hold on a busy machine, where the clock does not. Linux only, as the
memory of each program is read from /proc. What a browser does is measured where /usr/bin/chromium is.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import importlib.util
import os
import platform
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from search import CHROMIUM, figures
from served import Save, middle, saves

ROOT = Path(__file__).resolve().parents[2]
TEXT = (
    "the pool of connections ran out after a deployment doubled the number of workers per cell and retries kept the load "
    "high until traffic was shifted away from the region"
)
WORDS = TEXT.split()
SMALL, LARGE = 1000, 10_000
ONE_CHANGED = {SMALL: 4, LARGE: 16}
"""At most so many seconds of CPU for one changed COE among so many."""
LOOK = 0.02
"""Between two looks at the memory. Unit: seconds."""
OURS, INDEXER = "build", "full-text indexer"
QUERY = "thread pool heap"

WITHOUT_FULL_TEXT = "import coe.site.steps as steps; from coe.__main__ import main\nsteps.STEPS = (steps.whole,)\nmain()\n"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took."""

    name: str
    cpu: float
    clock: float
    memory: int
    indexer: int = 0

    def row(self) -> str:
        indexer = f"{self.indexer:,}" if self.indexer else ""
        return f"| {self.name} | {self.cpu:.1f} | {self.clock:.1f} | {self.memory:,} | {indexer} |"


class Part(NamedTuple):
    """What was measured at one size; `browser` is empty where there is none."""

    count: int
    peers: list[Cost]
    costs: list[Cost]
    weights: dict[str, tuple[int, int]]
    browser: dict[str, float]
    saved: Save


class Limit(NamedTuple):
    """What a figure may be, and what it is."""

    name: str
    most: float
    unit: str
    found: float


def run(name: str, *command: str, cwd: Path) -> Cost:
    """Run a command and return what it took.

    Memory is the high-water mark that the system keeps for each program, looked at while it runs: the one that it reports
    at the end of a process counts what its parent held before as well.
    """
    env = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    peaks: dict[str, int] = {}
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=cwd, env=env, stdout=subprocess.DEVNULL, stderr=said)
        while process.poll() is None:
            look(process.pid, peaks)
            time.sleep(LOOK)
        clock, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{name} ended with {process.returncode}: {said.read()[-2000:].decode(errors='replace')}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{name}: {cpu:.1f} s of CPU", flush=True)
    return Cost(name, cpu, clock, peaks.get(OURS, 0) // 1024, peaks.get(INDEXER, 0) // 1024)


def look(process: int, peaks: dict[str, int]) -> None:
    """Note the high-water marks of a process and of those that it started, by program. Unit: KB."""
    place = Path("/proc") / str(process)
    with suppress(OSError):  # it may end while it is looked at
        name = INDEXER if "pagefind" in (place / "comm").read_text() else OURS
        lines = (place / "status").read_text().splitlines()
        marks = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
        peaks[name] = max([peaks.get(name, 0), *marks])
        for thread in (place / "task").iterdir():
            for child in (thread / "children").read_text().split():
                look(int(child), peaks)


def plain(folder: Path, count: int) -> None:
    """Write plain pages of 6 KB: headings, text, lists and tables, out of the navigation."""
    rng = random.Random(1)

    def text(size: int) -> str:
        return " ".join(rng.choice(WORDS) for _ in range(size))

    pages = folder / "docs" / "p"
    pages.mkdir(parents=True)
    for number in range(count):
        out = [f"# Page {number}\n"]
        for section in range(6):
            rows = "".join(f"| {text(3)} | {text(3)} | {text(5)} |\n" for _ in range(6))
            out.append(
                f"## Section {section}\n\n{text(75)}\n\n- {text(10)}\n- {text(10)}\n\n| a | b | c |\n|---|---|---|\n{rows}"
            )
        (pages / f"{number}.md").write_text("\n".join(out), encoding="utf-8")
    (folder / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    settings = (
        "site_name: plain\ntheme: {name: material, font: false}\nnav: [{Home: index.md}]\nnot_in_nav: /p/*\n"
        "markdown_extensions: [attr_list, tables, {toc: {permalink: true}}]\n"
    )
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")


def edit(repository: Path, number: int) -> None:
    """Add a line to the story of one COE."""
    file = sorted((repository / "coes").rglob("*.md"))[number]
    file.write_text(f"{file.read_text('utf-8')}\nA line of run {number}.\n", encoding="utf-8")


def peers(folder: Path, count: int) -> list[Cost]:
    """Return what plain pages take."""
    plain(folder, count)
    found = [run(f"mkdocs-material, {count:,} plain pages", sys.executable, "-m", "mkdocs", "build", "-q", cwd=folder)]
    if importlib.util.find_spec("zensical"):
        found.append(run(f"zensical, {count:,} plain pages", sys.executable, "-m", "zensical", "build", cwd=folder))
    return found


def ours(repository: Path, count: int) -> list[Cost]:
    """Return what our builds take, the full-text index apart."""
    subprocess.run([sys.executable, str(ROOT / "benchmarks/generate.py"), str(repository), "--count", str(count)], check=True)
    bare, whole = (sys.executable, "-c", WITHOUT_FULL_TEXT, "build"), (sys.executable, "-m", "coe", "build")
    found = [run(f"coe build, {count:,} COEs, cold", *bare, cwd=repository)]
    found.append(run("nothing changed", *bare, cwd=repository))
    edit(repository, count // 2)
    found.append(run("one COE changed", *bare, cwd=repository))
    found.append(run("nothing changed, full-text index made", *whole, cwd=repository))
    found.append(run("nothing changed, full-text index kept", *whole, cwd=repository))
    return found


def weighed(site: Path, count: int) -> dict[str, tuple[int, int]]:
    """Return the weights of pages: bytes, and bytes compressed."""
    shown = {"first page": site / "index.html", "COE": sorted((site / "coes").glob("2*/index.html"))[count // 2]}
    shown |= {"index of the explorer": site / "assets/coes.js", "its texts": site / "assets/coes-text.js"}
    return {name: (len(data := file.read_bytes()), len(gzip.compress(data, 6))) for name, file in shown.items()}


def measured(folder: Path, count: int) -> Part:
    """Return what the builds of one size take, what their pages weigh, and what a reader and an author wait for."""
    repository = folder / f"coes-{count}"
    costs = ours(repository, count)
    site = repository / "site"
    browser = figures(site, QUERY) if Path(CHROMIUM).is_file() else {}
    weights, saved = weighed(site, count), middle(saves(repository))
    shutil.rmtree(repository)
    return Part(count, peers(folder / f"plain-{count}", count), costs, weights, browser, saved)


def limits(part: Part) -> Iterator[Limit]:
    """Yield what was asked for, and what was measured."""
    count = f"{part.count:,} COEs"
    by_name = {cost.name: cost for cost in part.costs}
    cold, one, indexed = part.costs[0], by_name["one COE changed"], by_name["nothing changed, full-text index made"]
    yield Limit(f"cold, {count}, against as many plain pages", 1.25, "times", cold.cpu / part.peers[0].cpu)
    if part.count in ONE_CHANGED:
        yield Limit(f"one COE changed, {count}", ONE_CHANGED[part.count], "s of CPU", one.cpu)
    if part.count == LARGE:
        yield Limit(f"memory, cold, {count}", 1500, "MB", cold.memory)
        yield Limit(f"memory of the full-text indexer, {count}", 3000, "MB", indexed.indexer)
    if part.count == SMALL:
        yield Limit(f"`coe serve`, from the save to the page, {count}", 1, "s", part.saved.clock)
    yield Limit(f"a COE page, compressed, {count}", 60, "KB", part.weights["COE"][1] / 1000)
    yield Limit(f"index of the explorer, compressed, {count}", 300, "KB", part.weights["index of the explorer"][1] / 1000)
    if part.browser:
        yield Limit(f"explorer with facets in Chromium, {count}", 1000, "ms", part.browser["explorer ready, ms"])
        yield Limit(f"first full-text result, {count}", 3000, "ms", part.browser["first full-text result, ms"])
        yield Limit(f"loaded for it, {count}", 500, "KB", part.browser["full text and index, KB"])


def told(limit: Limit) -> str:
    """Return a limit as a row of a Markdown table."""
    digits = 2 if limit.unit in {"times", "s"} else 1
    verdict = "met" if limit.found <= limit.most else "**missed**"
    return f"| {limit.name} | {limit.most:,} {limit.unit} | {limit.found:,.{digits}f} | {verdict} |"


def sections(part: Part) -> Iterator[str]:
    """Yield what was measured at one size."""
    rows = "\n".join(cost.row() for cost in (*part.peers, *part.costs))
    yield f"## {part.count:,}"
    yield f"| | CPU s | clock s | MB | indexer MB |\n|---|---:|---:|---:|---:|\n{rows}"
    sizes = (f"{name} {raw / 1000:.0f} KB ({small / 1000:.1f} compressed)" for name, (raw, small) in part.weights.items())
    yield f"Weights: {', '.join(sizes)}."
    yield (
        f"`coe serve`: {part.saved.clock:.2f} s from the save of a COE to its page, {part.saved.cpu:.2f} s of CPU until then "
        "(medians)."
    )
    if part.browser:
        shown = "\n".join(f"| {name} | {value:,.1f} |" for name, value in part.browser.items())
        yield f"In Chromium, the words `{QUERY}` typed on a page that has loaded:\n\n| | |\n|---|---:|\n{shown}"
    else:
        yield "What a browser does was not measured: there is no Chromium."


def report(parts: list[Part], day: str) -> str:
    """Return the results as Markdown."""
    rows = "\n".join(told(limit) for part in parts for limit in limits(part))
    out = [
        "# The site: time, memory and weight",
        (
            f"Measured on {day} with Python {platform.python_version()} by `benchmarks/site/run.py`. The plain pages hold 6 KB "
            "of Markdown each and stand outside the navigation, where mkdocs is quickest; the COEs hold 8.5 KB. Times are CPU "
            "seconds; where nothing else is said they are without the full-text index, which is a process of its own."
        ),
        "## Limits",
        f"| | at most | measured | |\n|---|---:|---:|---|\n{rows}",
        *(section for part in parts for section in sections(part)),
    ]
    return "\n\n".join(out) + "\n"


def main() -> None:
    """Measure, print, and write when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=SMALL, help="COEs, and plain pages")
    parser.add_argument("--large", action="store_true", help="10,000 as well")
    parser.add_argument("--write", action="store_true", help="write RESULTS.md")
    parser.add_argument("--date", default=f"{dt.datetime.now(dt.UTC):%Y-%m-%d}")
    given = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        parts = [measured(Path(folder), count) for count in (given.count, *([LARGE] if given.large else []))]
    text = report(parts, given.date)
    print(text)
    if given.write:
        (Path(__file__).parent / "RESULTS.md").write_text(text, encoding="utf-8")
    print(f"{time.monotonic() - began:.0f} s, {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024:,} MB at most")


if __name__ == "__main__":
    main()
