"""Write a repository of generated COEs of about 8 KB each: no event in it happened, all of it is valid.

The same seed and count give the same bytes, so that two machines and two versions measure the same work.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from pathlib import Path

from story import BODY, CHANGES, EFFECTS, FACTORS, FRONT, LIMITS, REGIONS, REMEDIES, SERVICES, TEAMS

EPOCH = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
CONFIG = """\
[review]
timezone = "UTC"

[site]
title = "Generated COEs"
"""
TENET = """\
---
id: bounded-resources
title: Bounded resources
status: adopted
statement: Every shared resource has a bound per tenant and an alarm before it.
rationale: A resource without a bound turns the load of one tenant into the outage of all.
---

## What it means

A pool, a queue and a table have a number that they do not pass, and a signal well before it.
"""


def catalog() -> str:
    """Return the catalog that the COEs refer to."""
    teams = "".join(f"  - id: {team}\n    name: {team.replace('-', ' ').capitalize()}\n" for team in TEAMS)
    services = "".join(
        f"  - id: {service}\n    name: {service.replace('-', ' ').capitalize()}\n    team: {team}\n    tier: {tier}\n"
        for service, (team, tier) in SERVICES.items()
    )
    roles = "".join(
        f"  - id: {role}\n    name: {role.replace('-', ' ').capitalize()}\n"
        for role in ("incident-commander", "on-call-engineer", "service-owner", "incident-analyst", "review-facilitator")
    )
    return f"teams:\n{teams}services:\n{services}roles:\n{roles}"


def coe(number: int, seed: int = 1) -> tuple[str, str]:
    """Return the id and the text of one generated COE."""
    draw = random.Random(f"{seed}/{number}")
    start = EPOCH + dt.timedelta(hours=17 * number, minutes=draw.randrange(60))
    service, other = draw.sample(sorted(SERVICES), 2)
    resource, unit, limit = draw.choice(LIMITS)
    change, trigger = draw.choice(CHANGES)
    effect, level = draw.choice(EFFECTS)
    factors = draw.sample(FACTORS, 3)
    remedies = draw.sample(REMEDIES, 3)
    region = draw.choice(REGIONS)
    slug = f"{service}-{resource.replace(' ', '-')}-{number:05}"
    words = {
        "id": f"{start:%Y-%m-%d}-{slug}",
        "day": f"{start:%Y-%m-%d}", "service": service, "other": other, "team": SERVICES[service][0],
        "other_team": SERVICES[other][0], "resource": resource, "unit": unit, "limit": limit * draw.randrange(1, 9),
        "change": change, "trigger": trigger, "effect": effect, "level": level, "region": region,
        "zone": f"{region}-az{draw.randrange(1, 4)}", "version": f"{start:%Y}.{draw.randrange(1, 40)}.{draw.randrange(9)}",
        "severity": f"SEV{draw.randrange(2, 5)}", "percent": draw.randrange(12, 900) / 10,
        "customers": draw.randrange(90, 90000),
        "factor1": factors[0][1], "factor2": factors[1][1], "factor3": factors[2][1],
        "category1": factors[0][0], "category2": factors[1][0], "category3": factors[2][0],
        "remedy1": remedies[0], "remedy2": remedies[1], "remedy3": remedies[2],
        "published": f"{start + dt.timedelta(days=12):%Y-%m-%d}", "created": f"{start + dt.timedelta(days=1):%Y-%m-%d}",
        "due": f"{start + dt.timedelta(days=28):%Y-%m-%d}", "completed": f"{start + dt.timedelta(days=30):%Y-%m-%d}",
        "introduced": f"{start - dt.timedelta(days=draw.randrange(40, 400)):%Y-%m-%d}",
    }  # fmt: skip
    at = start
    for index in range(12):
        words[f"t{index}"] = f"{at:%Y-%m-%dT%H:%M:%SZ}"
        words[f"h{index}"] = f"{at:%H:%M}"
        at += dt.timedelta(minutes=draw.randrange(2, 14), seconds=draw.randrange(60))
    return str(words["id"]), f"---\n{FRONT}---\n{BODY}".format_map(words)


def write(folder: Path, count: int, *, seed: int = 1) -> int:
    """Write a repository with that many COEs into a folder and return the number of bytes of the COEs."""
    for name, text in (("coe.toml", CONFIG), ("catalog.yaml", catalog()), ("tenets/bounded-resources.md", TENET)):
        _write(folder / name, text)
    size = 0
    for number in range(count):
        name, text = coe(number, seed)
        _write(folder / "coes" / name[:4] / f"{name}.md", text)
        size += len(text.encode())
    return size


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8", newline="\n")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.folder.exists() and any(options.folder.iterdir()):
        parser.error(f"{options.folder} is not empty")
    size = write(options.folder, options.count, seed=options.seed)
    print(f"{options.count} COEs, {size / max(options.count, 1) / 1000:.1f} KB each, in {options.folder}")


if __name__ == "__main__":
    main()
