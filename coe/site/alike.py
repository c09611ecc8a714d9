"""What is known of the likeness of COEs ↔ bytes, so that the next build need not compare all of them again."""

from __future__ import annotations

import json
from collections.abc import Mapping

from coe.insight.likeness import Known
from coe.insight.similar import Alike
from coe.insight.traits import Trait
from coe.site.key import program

NAME = "alike"
"""What it is kept under."""


def dumped(known: Mapping[str, Known]) -> bytes:
    """Return what is known as bytes: each id and each trait stands in them once, and numbers for it elsewhere."""
    ids = {name: number for number, name in enumerate(known)}
    numbers: dict[Trait, int] = {}

    def numbered(found: frozenset[Trait] | tuple[Trait, ...]) -> list[int]:
        return [numbers.setdefault(trait, len(numbers)) for trait in found]

    rows = [
        (one.document, numbered(one.traits), [(ids[other.id], other.score, numbered(other.shared)) for other in one.alike])
        for one in known.values()
    ]
    data = {"program": program(), "ids": list(ids), "traits": list(numbers), "rows": rows}
    return json.dumps(data, separators=(",", ":")).encode("ascii")


def loaded(data: bytes | None) -> Mapping[str, Known]:
    """Return what is known as bytes say it; nothing when they are of another program, or no such bytes."""
    try:
        told = json.loads(data or b"{}")
        if told["program"] != program():
            return {}
        ids: list[str] = told["ids"]
        traits = [Trait(kind, value) for kind, value in told["traits"]]
        return {
            name: Known(
                document,
                frozenset([traits[at] for at in own]),
                tuple(Alike(ids[at], score, tuple([traits[one] for one in shared])) for at, score, shared in alike),
            )
            for name, (document, own, alike) in zip(ids, told["rows"], strict=True)
        }
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return {}
