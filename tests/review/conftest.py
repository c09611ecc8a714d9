"""Small repositories, in memory and on disk, whose digests the tests look at."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from coe.config import Config, Repository, find
from coe.corpus import Corpus, analyse, collect
from coe.read import Source
from coe.review.digest import Digest, digest
from coe.review.week import parse_week

ROOT = Path("/repository")
CATALOG = """\
teams:
  - {id: payments, name: Payments}
  - {id: search, name: Search}
services:
  - {id: checkout, name: Checkout, team: payments}
  - {id: catalog-search, name: Catalog search, team: search}
roles:
  - {id: service-owner, name: Service owner}
  - {id: review-facilitator, name: Review facilitator}
"""
EXAMPLES = Path(__file__).parents[2] / "examples"


def quoted(value: object) -> str:
    """A value as YAML in ASCII: JSON, but with characters past the first plane as one escape."""
    text = json.dumps(value, ensure_ascii=False)
    return re.sub("[^ -~]", lambda match: f"\\U{ord(match.group()):08x}", text)


def front(**fields: object) -> str:
    """A document of front matter in which any text at all can be a value."""
    lines = (f"{name}: {quoted(value)}" for name, value in fields.items() if value is not None)
    return "---\n" + "\n".join(lines) + "\n---\n\nThe story.\n"


def coe(name: str, **fields: Any) -> dict[str, str]:
    """The file of one COE, published two days after the event unless told otherwise."""
    day = dt.date.fromisoformat(name[:10])
    values: dict[str, Any] = {
        "id": name,
        "title": f"Errors in checkout, event {name[11:]}",
        "kind": "incident",
        "status": "published",
        "severity": "SEV2",
        "owner_team": "payments",
        "services": [{"id": "checkout", "relation": "origin"}],
        "impact": {"windows": [{"id": "I1", "start": f"{day}T12:00:00Z", "end": f"{day}T13:00:00Z"}]},
    }
    if fields.get("status", "published") in ("published", "closed"):
        values["published"] = str(day + dt.timedelta(days=2))
    return {f"coes/{day.year}/{name}.md": front(**values | fields)}


def item(name: str, **fields: Any) -> dict[str, Any]:
    """One action item."""
    return {"id": name, "title": f"Bound the pool, step {name}", "type": "prevent", "status": "open"} | fields


def tenet(name: str, status: str) -> dict[str, str]:
    """The file of one tenet."""
    text = front(id=name, title=f"Tenet {name}", status=status, statement="Keep working.", rationale="It helps.")
    return {f"tenets/{name}.md": text}


def minutes(week: str, day: str, **fields: Any) -> dict[str, str]:
    """The file of one review's minutes."""
    values = {"week": week, "date": day, "facilitator": "role:review-facilitator", "reviewed": []} | fields
    return {f"reviews/{week}.md": front(**values)}


def corpus_of(files: Mapping[str, str], settings: Mapping[str, Any] | None = None) -> Corpus:
    """The corpus of files that are on no disk."""
    repository = Repository(ROOT, Config.model_validate(dict(settings or {})))
    sources = [Source(path, text, ROOT / path) for path, text in sorted({"catalog.yaml": CATALOG, **files}.items())]
    return Corpus(repository, tuple(analyse(source, repository) for source in sources))


@dataclass(frozen=True)
class Case:
    """A repository and the week that is asked for."""

    week: str
    files: Mapping[str, str]
    settings: Mapping[str, Any] = field(default_factory=dict)

    def digest(self) -> Digest:
        """The digest as of the last day of the week."""
        corpus = corpus_of(self.files, self.settings)
        review = corpus.repository.config.review
        week = parse_week(self.week, review.timezone, review.week_starts)
        return digest(corpus, week=week, as_of=week.last)


def _quiet() -> Case:
    done = item("A1", status="done", completed="2026-03-02", due="2026-03-01")
    return Case("2026-W30", coe("2026-02-03-pool", action_items=[done]))


def _year_end() -> Case:
    files = {
        **coe("2026-12-30-pool", published="2027-01-01", action_items=[item("A1", due="2027-01-05")]),
        **coe("2026-12-26-queue", published="2026-12-27"),
        **coe("2027-01-03-cache", status="in_review", created="2027-01-03"),
        **coe("2027-01-04-next-week", status="draft", created="2027-01-04"),
        **minutes("2026-W53", "2027-01-01", decisions=[{"id": "D1", "text": "Pools get a bound."}]),
    }
    return Case("2026-W53", files, {"review": {"timezone": "Europe/Berlin"}})


def _clock_change() -> Case:
    changes = [{"at": "2026-03-29T21:59:59Z", "level": "SEV1"}, {"at": "2026-03-29T22:00:00Z", "level": "SEV3"}]
    files = {
        **coe("2026-03-20-pool", severity_history=changes),
        **coe("2026-03-10-before", severity_history=[{"at": "2026-03-22T22:59:59Z", "level": "SEV3"}]),
        **coe("2026-03-12-first-moment", severity_history=[{"at": "2026-03-22T23:00:00Z", "level": "SEV3"}]),
    }
    return Case("2026-W13", files, {"review": {"timezone": "Europe/Berlin"}})


def _many() -> Case:
    files: dict[str, str] = {}
    for number in range(200):
        files |= coe(f"2026-06-{8 + number % 7:02}-event-{number:03}", published="2026-06-18", summary="Not shown here.")
    return Case("2026-W25", files)


def _busy() -> Case:
    left = [
        item("A1", due="2026-11-01", priority="P0", status="blocked"),
        item("A2", due="2026-11-25", addresses=["C1"],
             extensions=[{"from": "2026-11-01", "to": "2026-11-25", "reason": "The freeze."}]),
        item("A3", status="verified", completed="2026-11-17", addresses=["C1"],
             verification={"at": "2026-11-20T10:00:00Z", "by": "role:service-owner", "evidence": "game day"}),
        item("A4", owner_team="search", due="2026-11-22", created="2026-11-18"),
    ]  # fmt: skip
    learnings = [
        {"id": "L1", "statement": "Bound a shared pool per tenant.", "audience": "org", "tenet": "bounded-pools"},
        {"id": "L2", "statement": "Retries need a budget.", "audience": "public", "tenet": "static-stability"},
    ]
    before = {"id": "C1", "category": "technical", "statement": "The connection pool of the database had no upper bound."}
    again = {"id": "C2", "category": "technical", "statement": "A new connection pool was made without any bound per tenant."}
    files = {
        **coe("2026-09-01-pool", action_items=left, learnings=learnings, root_causes=[before]),
        **coe("2026-10-01-pool", learnings=learnings),
        **coe("2026-11-16-pool", severity="SEV1", root_causes=[again], learnings=learnings,
              summary="For an hour 3 % of orders failed."),
        **coe("2026-11-17-near", kind="near_miss", status="draft", created="2026-11-18", learnings=learnings),
        **coe("2026-10-20-waits", status="in_review", created="2026-10-21", tags=["dns"]),
        **coe("2026-10-10-returned", status="in_review", created="2026-10-12", tags=["dns"]),
        **coe("2026-10-12-seen", status="in_review", created="2026-10-13", tags=["dns"]),
        **coe("2026-10-15-draft", status="draft", created="2026-10-16", tags=["dns"]),
        **tenet("bounded-pools", "proposed"),
        **tenet("static-stability", "adopted"),
        **minutes(
            "2026-W46", "2026-11-13",
            reviewed=[{"coe": "2026-10-10-returned", "outcome": "returned"}, {"coe": "2026-10-12-seen", "outcome": "accepted"}],
            decisions=[{"id": "D1", "text": "Bounded pools become a tenet.", "tenet": "bounded-pools", "program": "none-yet"}],
            action_items=[item("A1", status="done", completed="2026-11-19", type="process")],
        ),
        "coes/2026/2026-11-01-broken.md": "---\nid: [\n---\n",
    }  # fmt: skip
    return Case("2026-W47", files)


def _parts() -> Case:
    """Wins, a quiet spell, follow-up, all that can be left open, a program that moves, remarks, a draw before this one."""
    shown = {"at": "2026-11-18T10:00:00Z", "by": "role:service-owner", "evidence": "game day"}
    outcomes = ("returned", "escalated", "accepted", "accepted_with_changes")
    left = [f"2026-10-0{number}-{outcome.replace('_', '-')}" for number, outcome in enumerate(outcomes, start=1)]
    files = {
        **coe("2026-09-01-shown", action_items=[item("A1", status="verified", completed="2026-11-02", verification=shown)]),
        **coe("2026-08-01-quiet", action_items=[item("A1", status="done", completed="2026-08-19")]),
        **coe("2026-07-01-back", action_items=[item("A1", status="done", completed="2026-08-19")]),
        **coe("2026-09-20-again", related=[{"type": "recurrence_of", "id": "2026-07-01-back"}]),
        **tenet("bounded-pools", "adopted"),
        "programs/bounds.md": front(
            id="bounds", title="Bounds for every pool", status="active", lever="centralized_change", sponsor_team="payments",
            done_when="Each pool has one.", adoption=[
                {"service": "checkout", "status": "done", "since": "2026-11-17"},
                {"service": "catalog-search", "status": "exempt", "evidence": "It has no pool."},
            ],
        ),
        **minutes(
            "2026-W45", "2026-11-05", wheel={"seed": "00000000abcd", "picked": "catalog-search"},
            decisions=[{"id": "D1", "text": "Caches get an expiry.", "program": "cache-expiry"}],
            reviewed=[{"coe": name, "outcome": outcome} for name, outcome in zip(left, outcomes, strict=True)],
        ),
        **minutes(
            "2026-W46", "2026-11-12", spotlight="2026-09-01-shown",
            decisions=[
                {"id": "D1", "text": "Pools get a bound.", "tenet": "bounded-pools", "program": "bounds"},
                {"id": "D2", "text": "The meeting begins on time."},
            ],
            action_items=[item("A1", title="Write the page of the program", due="2026-11-20", owner_team="payments")],
        ),
    }  # fmt: skip
    for name in left:
        files |= coe(name, status="draft" if "returned" in name else "in_review", created="2026-10-09")
    remarks = "https://git.example.com/pulls?q={week}&at={block}"
    return Case("2026-W47", files, {"review": {"remarks-url": remarks, "meets": "thursday 16:00", "timezone": "Europe/Berlin"}})


def _autumn() -> Case:
    """A week that is one hour longer, begins on Sunday, and is looked at up to its Saturday; the next hour is another week."""
    files = {
        **coe("2026-03-20-last-hour", severity_history=[{"at": "2026-04-05T03:59:59Z", "level": "SEV1"}]),
        **coe("2026-03-21-next-week", severity_history=[{"at": "2026-04-05T04:00:00Z", "level": "SEV1"}]),
        **coe("2026-03-22-first", severity_history=[{"at": "2026-03-29T03:00:00Z", "level": "SEV3"}]),
        **coe("2026-03-23-before", severity_history=[{"at": "2026-03-29T02:59:59Z", "level": "SEV3"}]),
    }
    return Case("2026-W14", files, {"review": {"timezone": "America/Santiago", "week-starts": "sunday"}})


CASES: dict[str, Callable[[], Case]] = {
    "empty": lambda: Case("2026-W47", {}),
    "quiet": _quiet,
    "year-end": _year_end,
    "clock-change": _clock_change,
    "many": _many,
    "busy": _busy,
    "parts": _parts,
    "autumn": _autumn,
}


@pytest.fixture
def case() -> Callable[[str], Digest]:
    """Return the digest of a case by its name; `examples` are the ones of this project."""

    def made(name: str) -> Digest:
        if name != "examples":
            return CASES[name]().digest()
        if not (EXAMPLES / "reviews").is_dir():
            pytest.skip("this checkout holds no examples")
        week = parse_week("2025-W47", "UTC")
        return digest(collect(find(EXAMPLES), EXAMPLES), week=week, as_of=week.last)

    return made


@dataclass(frozen=True)
class Kit:
    """What the tests build repositories from."""

    quoted = staticmethod(quoted)
    front = staticmethod(front)
    coe = staticmethod(coe)
    item = staticmethod(item)
    tenet = staticmethod(tenet)
    minutes = staticmethod(minutes)
    corpus = staticmethod(corpus_of)
    case = Case

    @staticmethod
    def write(root: Path, files: Mapping[str, str]) -> Path:
        """Write files below a folder, with the catalog."""
        for path, text in {"catalog.yaml": CATALOG, "coe.toml": "", **files}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        return root


@pytest.fixture
def kit() -> Kit:
    """Return the builders."""
    return Kit()
