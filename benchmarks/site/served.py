"""Measure how long `coe serve` takes from the save of a COE to the page that shows it.

    python benchmarks/site/served.py REPOSITORY

The time on the clock, which holds on a quiet machine only, and the CPU seconds of the server for a save.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
RUNS, PATIENCE, LOOK, REST = 5, 600, 0.01, 4


class Save(NamedTuple):
    """What one save took. Unit: seconds."""

    clock: float
    cpu: float


@contextmanager
def serving(repository: Path) -> Iterator[tuple[int, str]]:
    """Yield the process that serves a repository, and its address."""
    with tempfile.TemporaryFile("w+") as said:
        command = [sys.executable, "-m", "coe", "serve", "--port", "8123"]
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(command, cwd=repository, env=env, stdout=said, stderr=said)
        try:
            deadline = time.monotonic() + PATIENCE
            while "serving" not in words(said):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit(f"coe serve did not begin:\n{words(said)[-2000:]}")
                time.sleep(LOOK)
            yield process.pid, words(said).split("serving ")[1].split()[0]
        finally:
            process.terminate()
            process.wait()


def words(said: object) -> str:
    """Return what a process wrote into its file so far."""
    return os.pread(said.fileno(), 1_000_000, 0).decode("utf-8", "replace")  # type: ignore[attr-defined]


def used(process: int) -> float:
    """Return the CPU seconds that a process has taken."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def saves(repository: Path, runs: int = RUNS) -> list[Save]:
    """Return what each of some saves took, of another COE each time."""
    files = sorted((repository / "coes").rglob("*.md"))
    found = []
    with serving(repository) as (process, address):
        for number in range(runs):
            time.sleep(REST)  # what comes after the page of a save is no part of the next
            file, mark = files[len(files) * (number + 1) // (runs + 1)], f"A line of save {number}."
            page, before = f"{address}coes/{file.stem}/", used(process)
            file.write_text(f"{file.read_text('utf-8')}\n{mark}\n", "utf-8")
            began = time.monotonic()
            while mark not in asked(page):
                if time.monotonic() - began > PATIENCE:
                    raise SystemExit(f"{page} never showed the save")
                time.sleep(LOOK)
            found.append(Save(time.monotonic() - began, used(process) - before))
    return found


def asked(address: str) -> str:
    """Return the page at an address of this machine."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc)
    connection.request("GET", parts.path)
    page = connection.getresponse().read().decode("utf-8")
    connection.close()
    return page


def middle(found: list[Save]) -> Save:
    """Return the medians of some saves."""
    return Save(*(statistics.median(numbers) for numbers in zip(*found, strict=True)))


def main() -> None:
    """Print what saves of one repository take."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("repository", type=Path)
    found = saves(options.parse_args().repository.resolve())
    once = middle(found)
    print(f"from the save to the page: {once.clock:.2f} s (at most {max(found).clock:.2f}), {once.cpu:.2f} s of CPU")


if __name__ == "__main__":
    main()
