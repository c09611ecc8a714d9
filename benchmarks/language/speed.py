"""Print how long `coe lint` takes for texts of 250 kB and of 1 MB, in CPU seconds of one core, and how the two compare.

    python benchmarks/language/speed.py             what people write, then what nobody writes by hand
    python benchmarks/language/speed.py gaps HTML   these only

It ends with 1 when a megabyte of prose takes 3 seconds or more, or when four times the text takes much more than four times
as long. Only the quickest of three runs counts: the others met a busy machine.
"""

from __future__ import annotations

import gc
import sys
import time
import tomllib
from pathlib import Path

from hostile import HOSTILE, HOUSE, PROSE, Text, many_terms, report

from coe.check import Selection, active_rules, check
from coe.config import Config, Repository
from coe.corpus import Corpus, analyse
from coe.read import Source

SMALL, LARGE = 250_000, 1_000_000
SECONDS, RATIO = 3.0, 4.6
RUNS = 3
NOISE = 0.2
"""Seconds below which a ratio says nothing."""


def seconds(text: str, config: Config) -> float:
    """Return the CPU seconds of one reading of a text, as `coe lint` does it."""
    repository = Repository(Path("/benchmark"), config)
    rules = active_rules(config, Selection(frozenset({"language", "allowance"})))
    gc.collect()
    start = time.process_time()
    analysis = analyse(Source("notes.md", text), repository)
    check(Corpus(repository, (analysis,)), [analysis], rules)
    return time.process_time() - start


def row(name: str, make: Text, config: Config, *, limit: float | None) -> tuple[str, bool]:
    """Return a line of the table, and whether it holds its limits."""
    small, large = (min(seconds(make(size), config) for _ in range(RUNS)) for size in (SMALL, LARGE))
    ratio = large / max(small, 1e-9)
    holds = (large < NOISE or ratio <= RATIO) and (limit is None or large < limit)
    return f"| {name} | {small:.2f} | {large:.2f} | {ratio:.1f} | {'' if holds else 'over the limit'} |", holds


def main(names: list[str]) -> int:
    """Return the exit code."""
    gc.set_threshold(200_000, 20, 100)  # as the command does
    house, plain = Config.model_validate(tomllib.loads(HOUSE)), Config()
    terms = Config.model_validate(tomllib.loads(many_terms(5000)))
    rows = [(name, make, plain, SECONDS) for name, make in PROSE.items()]
    rows.append(("ordinary report, 5,000 accepted terms", report, terms, SECONDS))
    rows += [(name, make, house, None) for name, make in HOSTILE.items()]
    print("| text | 250 kB | 1 MB | ratio | |\n|---|--:|--:|--:|---|")
    holding = True
    for name, make, config, limit in rows:
        if names and name not in names:
            continue
        line, holds = row(name, make, config, limit=limit)
        holding &= holds
        print(line, flush=True)
    return 0 if holding else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
