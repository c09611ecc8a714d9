"""Measure two readers of YAML on the front matter of COEs: the events of libyaml, which we build on, and ruamel.yaml.

    python benchmarks/readers.py [COES]

CPU milliseconds of this process for the front matter of one COE: the examples, and one generated COE of 8.5 KB.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from generate import coe
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parent.parent
RUNS = 7


def front_matter(text: str) -> str:
    """Return what stands between the first two lines of dashes."""
    return text.split("\n---\n", 1)[0].removeprefix("---\n") + "\n"


def milliseconds(read: Callable[[str], object], text: str) -> float:
    """Return the least CPU time of several runs."""
    took = []
    for _ in range(RUNS):
        began = time.process_time()
        read(text)
        took.append(time.process_time() - began)
    return min(took) * 1000


def events(text: str) -> int:
    """Return the number of events that libyaml finds."""
    return sum(1 for _ in yaml.parse(text, Loader=yaml.CSafeLoader))


def main() -> None:
    """Print the figures."""
    texts = [front_matter(file.read_text("utf-8")) for file in sorted((ROOT / "examples" / "coes").rglob("*.md"))]
    texts.append(front_matter(coe(1)[1]))
    texts = texts[: int(sys.argv[1])] if len(sys.argv) > 1 else texts
    readers: dict[str, Callable[[str], object]] = {"libyaml, events": events, "ruamel.yaml, round trip": YAML(typ="rt").load}
    for name, read in readers.items():
        found = [milliseconds(read, text) for text in texts]
        print(f"{name:26} {min(found):6.2f} to {max(found):6.2f} ms, median {statistics.median(found):6.2f} ms")


if __name__ == "__main__":
    main()
