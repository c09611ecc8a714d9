"""Measure readers of the two parts of a COE: ours of what is usual, and those of libraries which have the word for the rest.

    python benchmarks/readers.py [COES]

CPU milliseconds of this process for one COE: the examples, and one generated COE of 8.5 KB. A reader of what is usual shows how
many of them it leaves to the library.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from generate import coe
from markdown_it import MarkdownIt
from ruamel.yaml import YAML

from coe.parse.usual import read_usual
from coe.parse.usual_body import usual_tokens
from coe.parse.yaml_reader import parse_yaml

ROOT = Path(__file__).resolve().parent.parent
RUNS = 7


def parts(text: str) -> tuple[str, str]:
    """Return the front matter of a COE, and its narrative."""
    front, _, narrative = text.partition("\n---\n")
    return front.removeprefix("---\n") + "\n", narrative


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


def blocks() -> Callable[[str], object]:
    """Return a reader of Markdown that finds blocks and leaves the words in them alone, as checks need it."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser.parse


def show(readers: dict[str, Callable[[str], object]], texts: list[str]) -> None:
    """Print what each reader takes for the texts that it does read."""
    for name, read in readers.items():
        taken = [text for text in texts if read(text) is not None]
        found = [milliseconds(read, text) for text in taken]
        left = f", {len(texts) - len(taken)} of {len(texts)} left" if len(taken) < len(texts) else ""
        print(f"  {name:26} {min(found):6.3f} to {max(found):6.3f} ms, median {statistics.median(found):6.3f} ms{left}")


def main() -> None:
    """Print the figures."""
    files = sorted((ROOT / "examples" / "coes").rglob("*.md"))[: int(sys.argv[1]) if len(sys.argv) > 1 else None]
    texts = [parts(text) for text in (*(file.read_text("utf-8") for file in files), coe(1)[1])]
    print("Front matter")
    readers: dict[str, Callable[[str], object]] = {
        "line by line, usual": lambda text: read_usual(text, 0),
        "libyaml, our tree": parse_yaml,
        "libyaml, events": events,
        "ruamel.yaml, round trip": YAML(typ="rt").load,
    }
    show(readers, [front for front, _ in texts])
    print("Narrative")
    show({"block by block, usual": usual_tokens, "markdown-it-py, blocks": blocks()}, [narrative for _, narrative in texts])


if __name__ == "__main__":
    main()
