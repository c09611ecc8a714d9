"""Measure the start of the command and the speed of a check, beside tools of today, and print the ratios.

CPU seconds of the child processes (user and system), because they hold on a busy machine, and for checks the time on the
clock and the memory; medians of several runs. Linux only: the cores that a run may use are set.
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
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from generate import write

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / ".cache" / "peers"
RESULTS = Path(__file__).with_name("RESULTS.md")
START_LIMIT, CHECK_LIMIT = 2.5, 5.0
CPU_LIMIT, WALL_LIMIT = 3.0, 2.0  # of 1,000 COEs
START_RUNS, CHECK_RUNS = 21, 7
SETTLED = 3  # seconds
DAY = "2524608000"  # a day after the last of ten thousand events, which lie 17 hours apart
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


class Run(NamedTuple):
    """What one run took: CPU seconds of all its processes, seconds on the clock, and megabytes of the largest process."""

    cpu: float
    wall: float
    peak: float


class Limit(NamedTuple):
    """What a run may take, as far as that is limited."""

    cpu: float | None = None
    wall: float | None = None
    peak: float | None = 150


@dataclass(frozen=True, slots=True)
class Timing:
    """One line of the results on checks."""

    what: str
    run: Run
    limit: Limit

    def __str__(self) -> str:
        """Return the line as a row of a Markdown table."""
        pairs = list(zip(self.run, self.limit, ("CPU", "clock", "MB"), strict=True))
        limits = ", ".join(f"{most:g} {word}" for _, most, word in pairs if most)
        missed = ", ".join(f"{word} x {number / most:.2f}" for number, most, word in pairs if most and number > most)
        said = f"**missed: {missed}**" if missed else "met"
        return f"| {self.what} | {self.run.cpu:.2f} | {self.run.wall:.2f} | {self.run.peak:.0f} | {limits} | {said} |"


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


def check(repository: Path, count: int, runs: int = CHECK_RUNS) -> tuple[list[Timing], float]:
    """Return how long checks take: cold, on two cores, again, after a change; and the CPU seconds of the first."""
    command = [sys.executable, "-m", "coe", "check", str(repository)]
    files = sorted((repository / "coes").rglob("*.md"))
    with tempfile.TemporaryDirectory() as cache:
        environment = {"XDG_CACHE_HOME": cache}
        serial = middle([measured([*command, "--no-cache", "--jobs", "1"]) for _ in range(runs)])
        cold = middle([measured([*command, "--no-cache"], cores=2) for _ in range(runs)])
        first = measured(command, cores=2, environment=environment)
        time.sleep(SETTLED)  # what was written a moment ago is looked into, not believed
        measured(command, environment=environment)
        same = middle([measured(command, environment=environment) for _ in range(START_RUNS)])
        changed = middle([_after_a_change(command, files[at], environment) for at in range(runs)])
        inside = [sys.executable, "-m", "coe", "check", str(files[-1])]
        among = middle([measured([*inside, "--exit-zero"], environment=environment)])
    return [
        Timing(f"cold, {count:,} COEs, one process", serial, Limit(cpu=CPU_LIMIT * count / 1000)),
        Timing(f"cold, {count:,} COEs, on 2 cores", cold, Limit(cpu=CPU_LIMIT * count / 1000, wall=WALL_LIMIT * count / 1000)),
        Timing("cold on 2 cores, what is found is kept", first, Limit()),
        Timing("the same again", same, Limit(cpu=0.12 if count <= 1000 else None, wall=0.12 if count <= 1000 else None)),
        Timing("one COE has changed", changed, Limit(cpu=0.4 if count <= 1000 else None)),
        Timing("one COE of them asked for, the rest is kept", among, Limit()),
    ], serial.cpu


def _after_a_change(command: Sequence[str], file: Path, environment: dict[str, str]) -> Run:
    file.write_text(file.read_text("utf-8") + "\nA line more.\n", "utf-8")
    return measured(command, environment=environment)


def alone() -> Timing:
    """Return how long a check of a repository with one COE takes."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), 1)
        command = [sys.executable, "-m", "coe", "check", "--no-cache", folder]
        measured(command)
        return Timing("one COE alone, cold", middle([measured(command) for _ in range(START_RUNS)]), Limit(cpu=0.3))


def measured(command: Sequence[str], *, cores: int | None = None, environment: dict[str, str] | None = None) -> Run:
    """Return what one run of a command takes, with the processes that it starts; `cores` are those that it may use.

    Errors: `RuntimeError` when it ends in another way than with nothing to report.
    """
    ours = os.sched_getaffinity(0)
    with tempfile.TemporaryFile() as out:
        begun = time.perf_counter()
        try:
            os.sched_setaffinity(0, sorted(ours)[:cores])
            process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out, env={**_environment(), **(environment or {})})
        finally:
            os.sched_setaffinity(0, ours)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            out.seek(0)
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{out.read()[-1500:].decode()}")
    return Run(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1000)


def middle(runs: Sequence[Run]) -> Run:
    """Return the medians of some runs."""
    return Run(*(statistics.median(numbers) for numbers in zip(*runs, strict=True)))


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
    """Return an environment in which the checkout's code runs, without colours, and with bytecode as an installation has it."""
    return {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "PYTHONPATH": str(ROOT),
        "NO_COLOR": "1",
        "SOURCE_DATE_EPOCH": DAY,
        "_TYPER_FORCE_DISABLE_TERMINAL": "1",
    }


def _machine() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores, {platform.system()}"


def report(rows: Sequence[Row], timings: Sequence[Timing], *, date: str, count: int, size: float) -> str:
    """Return the results as a Markdown page."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("coekit", "typer", "pydantic", "PyYAML", "markdown-it-py"))
    table = "\n".join(map(str, rows))
    checks = "\n".join(map(str, timings))
    return f"""# Results

Written by `make bench` on {date}. {_machine()}; Python {platform.python_version()}; {packages}.
{count:,} generated COEs of {size:.1f} KB each, all rules on. Medians of {START_RUNS} runs,
{CHECK_RUNS} where a run takes seconds.

## Check

CPU seconds of all processes, seconds on the clock, megabytes of the largest process. A limit that was missed says by how much.

| `coe check` | CPU | clock | MB | limit | |
|---|--:|--:|--:|---|---|
{checks}

## Start, and other tools

CPU seconds. The other tools read the same files; ours is the cold check in one process.

| what | CPU seconds | |
|---|--:|---|
{table}
"""


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--date", required=True, help="day of the measurement, for the results")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--large", type=int, default=0, metavar="COUNT", help="also check that many, such as 10000")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-peers", action="store_true", help="measure only ourselves")
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.relative_to(ROOT)}")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        repository = Path(folder)
        size = write(repository, options.count, seed=options.seed) / options.count / 1000
        rows, ratio = start()
        timings, seconds = check(repository, options.count)
        timings.append(alone())
        if not options.no_peers:
            rows += peers(repository, options.count, seconds)
    if options.large:
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), options.large, seed=options.seed)
            timings += check(Path(folder), options.large, 1)[0][:5]
    text = report(rows, timings, date=options.date, count=options.count, size=size)
    print(text)
    if options.write:
        RESULTS.write_text(text, "utf-8")
    late = seconds / options.count * 1000 > CHECK_LIMIT
    if ratio > START_LIMIT or late:
        sys.exit(f"over the limit: start {ratio:.2f} (limit {START_LIMIT}), check {seconds:.1f} s (limit {CHECK_LIMIT})")


if __name__ == "__main__":
    main()
