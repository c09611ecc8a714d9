"""Labelled sentences and what a linter says of them → precision, recall and F1."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coe.diagnostic import Severity
from coe.language.prose import read_prose
from coe.language.reading import RANK, Reading
from coe.parse.document import parse
from coe.read import Source

CODES = {
    "PERSON": "person-as-cause", "HERR": "human-error", "NEGL": "negligence", "HIND": "counterfactual", "JUDG": "judgement",
    "NAME": "named-person", "TEAM": "team-blame", "KNOW": "knowledge-deficit", "PASS": "passive-lapse", "MIN": "hindsight",
    "ABS": "absolutes", "SELF": "self-blame", "EXH": "weak-action", "PUN": "punishment",
}  # fmt: skip
"""The short codes of the categories in labelled files, each with the rule that speaks of it."""
LEVELS = {"high": Severity.ERROR, "medium": Severity.WARNING, "low": Severity.NOTE}


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled sentence."""

    text: str
    blames: bool
    category: str
    severity: str = ""
    borderline: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """How many sentences were found rightly and wrongly, and how many were not found."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        """Return the share of findings that are right; absent without findings."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Return the share of blaming sentences that are found; absent when there are none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f1(self) -> float | None:
        """Return the harmonic mean of both; absent without either."""
        one, other = self.precision, self.recall
        return 2 * one * other / (one + other) if one and other else None


def rows(file: Path) -> tuple[Row, ...]:
    """Return the sentences of a file of JSON Lines; `category`, `severity` and `borderline` may be absent.

    Errors: `ValueError` names the line that is no labelled sentence; `OSError`.
    """
    lines = enumerate(file.read_text("utf-8").split("\n"), 1)
    return tuple(_row(line, f"{file}:{number}") for number, line in lines if line.strip())


def _row(line: str, place: str) -> Row:
    try:
        data: Any = json.loads(line)
    except ValueError as error:
        raise ValueError(f"{place}: not JSON: {error}") from None
    if not isinstance(data, dict) or not isinstance(data.get("text"), str) or data.get("label") not in ("yes", "no"):
        raise ValueError(f'{place}: no sentence with `text` and with a `label` that is "yes" or "no"')
    category = str(data.get("category") or "")
    return Row(
        data["text"],
        data["label"] == "yes",
        CODES.get(category, category),
        str(data.get("severity") or ""),
        bool(data.get("borderline")),
    )


def reading(text: str) -> Reading | None:
    """Return what the engine reads in one sentence, the gravest if it is more."""
    found = read_prose(parse(Source("notes.md", text))).readings
    return max(found, key=lambda one: one.severity, default=None)


def overall(labelled: Sequence[Row], hits: Sequence[bool]) -> Figures:
    """Return the figures of a linter that spoke of the sentences marked in `hits`."""
    pairs = list(zip(labelled, hits, strict=True))
    return Figures(
        sum(hit and row.blames for row, hit in pairs),
        sum(hit and not row.blames for row, hit in pairs),
        sum(row.blames and not hit for row, hit in pairs),
    )


def by_category(labelled: Sequence[Row], said: Sequence[Reading | None]) -> dict[str, tuple[Figures, int]]:
    """Return the figures of each category, and how many of its sentences its own rule found.

    A sentence counts as found whichever rule finds it: its author rewrites it all the same. Wrong are the findings that
    the category's own rule makes in sentences which blame nobody.
    """
    pairs = list(zip(labelled, said, strict=True))
    out: dict[str, tuple[Figures, int]] = {}
    for category in RANK:
        mine = [found for row, found in pairs if row.blames and row.category == category]
        wrong = sum(not row.blames and found is not None and found.category == category for row, found in pairs)
        right = sum(found is not None for found in mine)
        by_own = sum(found is not None and found.category == category for found in mine)
        out[category] = Figures(right, wrong, len(mine) - right), by_own
    return out


def agreement(labelled: Sequence[Row]) -> tuple[int, int, int] | None:
    """Return how many found sentences carry a severity, and how many get it: in the narrative, and among causes.

    The narrative has two levels (high and medium are warnings), causes have three. Absent without labelled severities.
    """
    known = [row for row in labelled if row.blames and row.severity in LEVELS and reading(row.text)]
    if not known:
        return None
    narrative = causes = 0
    for row in known:
        wanted = LEVELS[row.severity]
        here, there = reading(row.text), reading(f"## Root cause\n\n{row.text}")
        narrative += here is not None and here.severity == min(wanted, Severity.WARNING)
        causes += there is not None and there.severity == wanted
    return len(known), narrative, causes
