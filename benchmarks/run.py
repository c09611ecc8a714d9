"""Measure the start of the command and the speed of a check, beside tools of today, and print the ratios.

CPU seconds of the child processes (user and system), because they hold on a busy machine; medians of several runs.
The peers are installed from the configured package index into `.cache/peers/`; without it their rows say so.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from generate import write

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / ".cache" / "peers"
RESULTS = Path(__file__).with_name("RESULTS.md")
START_LIMIT, CHECK_LIMIT = 2.5, 5.0
START_RUNS, CHECK_RUNS = 21, 3
SCHEMA_PEER, PROSE_PEER = "check-jsonschema", "proselint"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the results."""

    what: str
    seconds: float | None
    remark: str = ""

    def __str__(self) -> str:
        """Return the line as a row of a Markdown table."""
        shown = "not measured" if self.seconds is None else f"{self.seconds:.3f}"
        return f"| {self.what} | {shown} | {self.remark} |"


def cpu(command: Sequence[str], *, allowed: Sequence[int] = (0,), cwd: Path = ROOT) -> float:
    """Return the CPU seconds of one run of a command.

    Errors: `RuntimeError` when it ends in another way than it may.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=_environment())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in allowed:
        raise RuntimeError(f"{' '.join(command[:6])} ended with {done.returncode}:\n{done.stdout[-1500:]}{done.stderr[-1500:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def medians(commands: dict[str, Sequence[str]], *, runs: int) -> dict[str, float]:
    """Return the median CPU seconds of each command; the runs take turns, so that a noisy minute meets all of them."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for command in commands.values():
        cpu(command)  # bytecode and file cache
    for _ in range(runs):
        for name, command in commands.items():
            taken[name].append(cpu(command))
    return {name: statistics.median(times) for name, times in taken.items()}


def start() -> tuple[list[Row], float]:
    """Return the rows about the start of the command, and the ratio that has a limit."""
    python = sys.executable
    found = medians(
        {
            "bare": [python, "-c", "pass"],
            "typer": [python, "-c", "import typer"],
            "version": [python, "-m", "coe", "--version"],
            "help": [python, "-m", "coe", "--help"],
        },
        runs=START_RUNS,
    )
    ratio = found["version"] / found["typer"]
    return [
        Row('`python -c "pass"`', found["bare"]),
        Row('`python -c "import typer"`', found["typer"]),
        Row("`coe --version`", found["version"], f"{ratio:.2f} of `import typer` (limit {START_LIMIT})"),
        Row("`coe --help`", found["help"], f"{found['help'] / found['typer']:.2f} of `import typer`"),
    ], ratio


def check(repository: Path, count: int) -> tuple[list[Row], float]:
    """Return the row about a check of a whole repository, and its CPU seconds."""
    times = [cpu([sys.executable, "-m", "coe", "check", str(repository)]) for _ in range(CHECK_RUNS)]
    seconds = statistics.median(times)
    return [Row(f"`coe check`, {count:,} COEs", seconds, f"{seconds / count * 1000:.2f} ms a COE")], seconds


def peers(repository: Path, count: int, ours: float) -> list[Row]:
    """Return the rows about a front matter validator and a prose linter on the same files."""
    if not _installed():
        return [Row(f"{SCHEMA_PEER} and {PROSE_PEER}", None, "they could not be installed from the package index")]
    files = sorted((repository / "coes").rglob("*.md"))
    fronts = repository / "front"
    fronts.mkdir()
    for file in files:  # the validator reads YAML files, not front matter
        text = file.read_text("utf-8")
        (fronts / f"{file.stem}.yaml").write_text(text[4 : text.index("\n---\n", 4) + 1], "utf-8")
    schema = ROOT / "schema" / "coe.schema.json"
    names = [str(file) for file in sorted(fronts.iterdir())]
    rows, total = [], 0.0
    if schema.is_file():
        seconds = cpu([str(PEERS / "bin" / SCHEMA_PEER), "--schemafile", str(schema), *names], allowed=(0, 1))
        total += seconds
        rows.append(Row(f"{SCHEMA_PEER} {_version(SCHEMA_PEER)}, front matter only", seconds, f"{seconds / ours:.1f} x ours"))
    sample = files[: max(len(files) // 10, 1)]
    seconds = cpu([str(PEERS / "bin" / PROSE_PEER), "check", *map(str, sample)], allowed=(0, 1)) * len(files) / len(sample)
    total += seconds
    remark = f"{seconds / ours:.1f} x ours; measured on {len(sample)} files and scaled to {count:,}"
    rows.append(Row(f"{PROSE_PEER} {_version(PROSE_PEER)}, prose only", seconds, remark))
    if len(rows) == 2:
        rows.append(Row("both together", total, f"{total / ours:.1f} x ours"))
    return rows


def _installed() -> bool:
    if (PEERS / "bin" / PROSE_PEER).exists():
        return True
    try:
        cpu([sys.executable, "-m", "venv", str(PEERS)])
        cpu([str(PEERS / "bin" / "python"), "-m", "pip", "install", "--quiet", SCHEMA_PEER, PROSE_PEER])
    except RuntimeError as error:
        print(f"note: the peers are left out: {error}", file=sys.stderr)
        return False
    return True


def _version(package: str) -> str:
    code = f"from importlib.metadata import version; print(version({package!r}))"
    return subprocess.run([PEERS / "bin" / "python", "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def _environment() -> dict[str, str]:
    """Return an environment in which the checkout's code runs, without colours."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "_TYPER_FORCE_DISABLE_TERMINAL": "1"}


def _machine() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores, {platform.system()}"


def report(rows: Sequence[Row], date: str, count: int, size: float) -> str:
    """Return the results as a Markdown page."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("coekit", "typer", "pydantic", "PyYAML", "markdown-it-py"))
    table = "\n".join(map(str, rows))
    return f"""# Results

Written by `make bench` on {date}. {_machine()}; Python {platform.python_version()}; {packages}.
{count:,} generated COEs of {size:.1f} KB each, no cache, one process. CPU seconds, medians of {START_RUNS} runs (start) and
{CHECK_RUNS} runs (check).

| what | CPU seconds | |
|---|--:|---|
{table}
"""


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--date", required=True, help="day of the measurement, for the results")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-peers", action="store_true", help="measure only ourselves")
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.relative_to(ROOT)}")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        repository = Path(folder)
        size = write(repository, options.count, seed=options.seed) / options.count / 1000
        rows, ratio = start()
        more, seconds = check(repository, options.count)
        rows += more
        if not options.no_peers:
            rows += peers(repository, options.count, seconds)
    text = report(rows, options.date, options.count, size)
    print(text)
    if options.write:
        RESULTS.write_text(text, "utf-8")
    late = seconds / options.count * 1000 > CHECK_LIMIT
    if ratio > START_LIMIT or late:
        sys.exit(f"over the limit: start {ratio:.2f} (limit {START_LIMIT}), check {seconds:.1f} s (limit {CHECK_LIMIT})")


if __name__ == "__main__":
    main()
