"""COEs → Markdown for the summary of a pull request: what reviewers look at first, and what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from coe.corpus import Corpus
from coe.insight.names import names
from coe.model.coe import Coe, Status
from coe.model.gate import Missing, missing, next_status
from coe.model.measures import Measure, duration_words, impact_duration, impact_start, measures
from coe.model.timeline import Event
from coe.model.validate import Analysis
from coe.render import render as render_template
from coe.review.markdown import escaped

LONGEST = 200
"""Events of one timeline that are shown; who wants more opens the file."""
MAX_BYTES = 200_000
"""Length of all previews: the summary of a job ends at 1 MiB and holds the findings too."""


@dataclass(frozen=True, slots=True)
class Row:
    """One event, and its time since the impact began where that is known."""

    event: Event
    offset: str


@dataclass(frozen=True, slots=True)
class Preview:
    """One COE as its reviewers meet it; `coe` is absent when the file cannot be read as one yet."""

    path: str
    coe: Coe | None
    team: str = ""
    services: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    duration: dt.timedelta | None = None
    rows: tuple[Row, ...] = ()
    target: Status | None = None
    missing: tuple[Missing, ...] = ()


def previews(corpus: Corpus, targets: Iterable[Analysis]) -> tuple[Preview, ...]:
    """Return the previews of those targets that are COEs, in their order."""
    return tuple(_preview(corpus, analysis) for analysis in targets if analysis.kind == "coe")


def render(shown: tuple[Preview, ...]) -> str:
    """Return previews as CommonMark with HTML that folds the timelines; nothing when there are none.

    What does not fit any more is left out, and the last line says how many that are.
    """
    out: list[str] = []
    room = MAX_BYTES
    for one in shown:
        text = _rendered(one)
        room -= len(text.encode("utf-8"))
        if room < 0:
            break
        out.append(text)
    left = len(shown) - len(out)
    if left:
        out.append(f"{left} more COE{'' if left == 1 else 's'} changed and {'is' if left == 1 else 'are'} not shown here.\n")
    return "\n".join(out)


def _rendered(one: Preview) -> str:
    values = {"shown": (one,), "md": escaped, "length": duration_words, "time": _time, "longest": LONGEST}
    lines = render_template("digest/preview.md.j2", values).splitlines()
    return "\n".join(line for line, before in zip(lines, ["", *lines], strict=False) if line or before).strip("\n") + "\n"


def _preview(corpus: Corpus, analysis: Analysis) -> Preview:
    coe, path = analysis.coe, analysis.document.source.path
    if coe is None:
        return Preview(path, None)
    known = names(corpus)
    target = next_status(coe.status)
    return Preview(
        path=path,
        coe=coe,
        team=known.team(coe.owner_team),
        services=tuple(known.service(service.id) for service in coe.services),
        measures=measures(coe),
        duration=impact_duration(coe),
        rows=tuple(_rows(coe)),
        target=target,
        missing=missing(coe, corpus.repository.config.policy, target) if target else (),
    )


def _rows(coe: Coe) -> Iterable[Row]:
    start = impact_start(coe)
    for event in sorted(coe.timeline, key=lambda event: event.at):
        since = event.at - start if start else None
        yield Row(event, "" if since is None else f"{'' if since < dt.timedelta() else '+'}{duration_words(since)}")


def _time(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S}"
