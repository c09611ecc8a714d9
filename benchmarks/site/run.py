"""Measure the build of the site beside plain mkdocs-material (and zensical, when it is installed) over as many plain pages.

    python benchmarks/site/run.py                 1,000 COEs
    python benchmarks/site/run.py --large         10,000 as well
    python benchmarks/site/run.py --write         and write RESULTS.md beside this file

CPU seconds of the process and its children; they hold on a busy machine, where the clock does not.
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
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (
    "the pool of connections ran out after a deployment doubled the number of workers per cell and retries kept the load "
    "high until traffic was shifted away from the region"
)
WORDS = TEXT.split()
LARGE = 10_000
ONE_CHANGED = {1000: 4, LARGE: 16}
"""At most so many seconds of CPU for one changed COE among so many."""

WITHOUT_FULL_TEXT = "import coe.site.steps as steps; from coe.__main__ import main\nsteps.STEPS = (steps.whole,)\nmain()\n"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took."""

    name: str
    cpu: float
    clock: float
    memory: int

    def row(self) -> str:
        return f"| {self.name} | {self.cpu:.1f} | {self.clock:.1f} | {self.memory:,} |"


def run(name: str, *command: str, cwd: Path) -> Cost:
    """Run a command in a process of its own, so that the memory is that of this command, and return what it took."""
    code = (
        "import resource, subprocess, sys, time\n"
        "began = time.monotonic()\n"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(done.returncode, used.ru_utime + used.ru_stime, time.monotonic() - began, used.ru_maxrss // 1024)\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    made = subprocess.run([sys.executable, "-c", code, *command], cwd=cwd, env=env, capture_output=True, text=True, check=True)
    status, cpu, clock, memory = made.stdout.split()
    if status != "0":
        raise SystemExit(f"{name} ended with {status}: {made.stderr[-2000:]}")
    print(f"{name}: {float(cpu):.1f} s of CPU", flush=True)
    return Cost(name, float(cpu), float(clock), int(memory))


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


def ours(repository: Path, count: int) -> tuple[list[Cost], dict[str, tuple[int, int]]]:
    """Return what our builds take, the full-text index apart, and the weights of pages: bytes, and bytes compressed."""
    subprocess.run([sys.executable, str(ROOT / "benchmarks/generate.py"), str(repository), "--count", str(count)], check=True)
    bare, whole = (sys.executable, "-c", WITHOUT_FULL_TEXT, "build"), (sys.executable, "-m", "coe", "build")
    found = [run(f"coe build, {count:,} COEs, cold", *bare, cwd=repository)]
    found.append(run("nothing changed", *bare, cwd=repository))
    edit(repository, count // 2)
    found.append(run("one COE changed", *bare, cwd=repository))
    found.append(run("nothing changed, full-text index made", *whole, cwd=repository))
    found.append(run("nothing changed, full-text index kept", *whole, cwd=repository))
    site = repository / "site"
    shown = {"first page": site / "index.html", "COE": sorted((site / "coes").glob("2*/index.html"))[count // 2]}
    shown |= {"index of the explorer": site / "assets/coes.js", "its texts": site / "assets/coes-text.js"}
    return found, {name: (len(data := file.read_bytes()), len(gzip.compress(data, 6))) for name, file in shown.items()}


def measured(folder: Path, count: int) -> tuple[list[Cost], dict[str, tuple[int, int]]]:
    """Return what each build of one size takes, and the weights of pages."""
    costs, weights = ours(folder / f"coes-{count}", count)
    return [*peers(folder / f"plain-{count}", count), *costs], weights


def verdicts(parts: list[tuple[list[Cost], dict[str, tuple[int, int]]]]) -> str:
    """Return the table of limits: what was asked for, what was measured, and whether it is kept."""
    rows = []
    for costs, weights in parts:
        by_name = {cost.name: cost for cost in costs}
        peer = costs[0]
        cold = next(cost for cost in costs if "cold" in cost.name)
        count = int(peer.name.split(", ")[1].split()[0].replace(",", ""))
        one = by_name["one COE changed"].cpu
        rows.append((f"cold, {count:,} COEs, against as many plain pages", 1.25, cold.cpu / peer.cpu, "times"))
        if count in ONE_CHANGED:
            rows.append((f"one COE changed of {count:,}", ONE_CHANGED[count], one, "s of CPU"))
        if count == LARGE:
            rows.append((f"memory, {count:,} COEs, cold", 1500, cold.memory, "MB"))
        rows.append((f"a COE page among {count:,}, compressed", 60, weights["COE"][1] / 1000, "KB"))
        rows.append(
            (f"index of the explorer, {count:,} COEs, compressed", 300, weights["index of the explorer"][1] / 1000, "KB")
        )
    told = []
    for name, most, found, unit in rows:
        shown = f"{found:,.2f}" if unit == "times" else f"{found:,.1f}"
        told.append(f"| {name} | {most:,} {unit} | {shown} | {'met' if found <= most else '**missed**'} |")
    return "\n".join(["| | at most | measured | |", "|---|---:|---:|---|", *told])


def report(parts: list[tuple[list[Cost], dict[str, tuple[int, int]]]], day: str) -> str:
    """Return the results as Markdown."""
    out = [
        "# The site: time, memory and weight",
        (
            f"Measured on {day} with Python {platform.python_version()} by `benchmarks/site/run.py`. The plain pages hold 6 KB "
            "of Markdown each and stand outside the navigation, where mkdocs is quickest; the COEs hold 8.5 KB. Times are CPU "
            "seconds; where nothing else is said they are without the full-text index, which is a process of its own."
        ),
        "## Limits",
        verdicts(parts),
        "## Measurements",
    ]
    for costs, weights in parts:
        rows = "\n".join(cost.row() for cost in costs)
        out.append(f"| | CPU s | clock s | MB |\n|---|---:|---:|---:|\n{rows}")
        told = ", ".join(
            f"{name} {raw / 1000:.0f} KB ({small / 1000:.1f} compressed)" for name, (raw, small) in weights.items()
        )
        out.append(f"Weights: {told}.")
    return "\n\n".join(out) + "\n"


def main() -> None:
    """Measure, print, and write when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000, help="COEs, and plain pages")
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
