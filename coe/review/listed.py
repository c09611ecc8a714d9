"""Corpus → the COEs that a digest may name, with what a list needs beside the analysis itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from coe.corpus import Corpus
from coe.insight.actions import SET_ASIDE, event_day
from coe.insight.names import Names, names
from coe.model.coe import Coe

_FINISHED = frozenset({"published", "closed"})


@dataclass(frozen=True, slots=True)
class Listed:
    """A COE in a list: the analysis, the names of its team and services, and the local day of the event."""

    coe: Coe
    team_name: str
    service_names: tuple[str, ...]
    event_day: dt.date | None
    file: Path | None = None

    @property
    def is_finished(self) -> bool:
        """Say whether the analysis is published."""
        return self.coe.status in _FINISHED

    @property
    def counts(self) -> bool:
        """Say whether patterns are drawn from it: not from a draft, nor from what was set aside."""
        return self.is_finished or self.coe.status == "in_review"

    @property
    def since(self) -> dt.date | None:
        """Return the day from which it is known: published, else begun, else the day of the event."""
        published = self.coe.published if self.is_finished else None
        return published or self.coe.created or self.event_day

    def known(self, as_of: dt.date) -> bool:
        """Say whether it was there on a day."""
        return self.since is None or self.since <= as_of


@dataclass(frozen=True, slots=True)
class Sight:
    """What the digest of a week sees on a day: what is known then, and what the days of the week bring still."""

    as_of: dt.date
    first: dt.date
    last: dt.date

    def sees(self, entry: Listed) -> bool:
        """Say whether a COE is there."""
        since = entry.since
        return since is None or since <= self.as_of or self.first <= since <= self.last


def listed(corpus: Corpus) -> Mapping[str, Listed]:
    """Return the COEs that the configuration publishes, by id, the newest event first."""
    config = corpus.repository.config
    zone, called = ZoneInfo(config.review.timezone), names(corpus)
    return {
        coe.id: _entry(coe, called, zone, analysis.document.source.file)
        for analysis in corpus.coes.values()
        if (coe := analysis.coe) and coe.visibility in config.site.visibility
    }


def _entry(coe: Coe, called: Names, zone: ZoneInfo, file: Path | None) -> Listed:
    services = tuple(called.service(service.id) for service in coe.services)
    return Listed(coe, called.team(coe.owner_team), services, event_day(coe, zone), file)


def is_set_aside(entry: Listed) -> bool:
    """Say whether a newer analysis took its place, or it was withdrawn."""
    return entry.coe.status in SET_ASIDE
