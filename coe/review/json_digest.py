"""Digest → JSON, version 1: a frozen shape for other tools. Keys are only added; anything else is version 2.

`version` `as_of` `week` {name, first, last, start, end, hours, zone, week_starts} · `quiet` · `policy`
{publish_within_days, due_soon_days} · `counts` {coes, open, due, overdue, due_soon, compared, left_out} ·
`new` [COE] · `changed` [COE + reasons [{kind, about}]] · `queue` `late_drafts` [COE + age, late, returned] ·
`teams` [{id, name, open, overdue [ITEM], due_soon [ITEM]}] · `completed` [ITEM] ·
`learnings` [{coe, id, statement, audience, tenet, program}] ·
`tenet_candidates` [{kind: tenet|tag, id, title, coes [id], of, fresh, decided}] ·
`meeting` {week, date, facilitator, picked, spotlight, unlisted, reviewed [{coe, outcome, notes}], decisions
[{id, text, tenet, program}]} or null · `verified` [ITEM] · `quiet_spells` [{coe, title, since, days, until}] ·
`follow_up` {week, decisions [{id, text, tenet, program, carried}], action_items [ITEM]} or null ·
`left_open` [{kind: decision|returned|escalated|accepted, week, about, text}] ·
`spotlight` {coe, title, origin: chosen|week|archive, score {severity, novelty, reach, total, new_terms}, others} or null ·
`completion` {done, total} · `programs` [{id, title, status, done, total, exempt, moved}] ·
`wheel` {seed, picked, absent, shares [{id, name, weight, upto}]} or null; weights are exact fractions such as "5/4" of one
on the wheel, and a number drawn from 0 up to 2 to the power of 48 picks the first share whose `upto` is above it ·
`agenda` {minutes, spare, items [{slot, title, starts, minutes, things}]} · `remarks_url` · `meets` {start, end} or null ·
`recurring_causes` [{coe, title, cause, statement, words, earlier [{coe, title, cause, statement, words, done, total}]}]

COE {id, title, summary, kind, status, severity, team {id, name}, services [{id, name}], event_day, created, published};
ITEM {id, title, type, priority, commitment, status, state, team {id, name}, owner, due, days_left, finished, source
{kind, id, title}}; tenet, program {id, title, status} or null. Days are YYYY-MM-DD, moments RFC 3339, what is unknown
is null. Texts are the authors' own: escape them where they are shown.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from coe.insight.actions import ActionRow
from coe.model.causes import Cause
from coe.review.candidates import Candidate
from coe.review.digest import Digest
from coe.review.draw import Draw
from coe.review.follow_up import FollowUp
from coe.review.ics import meets_at
from coe.review.listed import Listed
from coe.review.meeting import Meeting
from coe.review.news import Learned, Named
from coe.review.recurring import RecurringCause
from coe.review.spotlight import Spotlight
from coe.review.waiting import TeamActions, Waiting

VERSION = 1
_UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffc\U000e0000-\U000e007f]"
)


def render(digest: Digest) -> str:
    """Return one JSON object; what would steer a terminal that shows it stands as an escape."""
    text = json.dumps(as_data(digest), indent=2, ensure_ascii=False) + "\n"
    return _UNSEEN.sub(lambda match: json.dumps(match.group())[1:-1], text)


def as_data(digest: Digest) -> dict[str, Any]:
    """Return the digest in the shape of version 1."""
    counts = digest.counts
    return {
        "version": VERSION,
        "as_of": str(digest.as_of),
        "week": _week(digest),
        "quiet": digest.is_quiet,
        "policy": {"publish_within_days": digest.publish_within_days, "due_soon_days": digest.due_soon_days},
        "counts": {name: getattr(counts, name) for name in counts.__slots__},
        "new": [_coe(entry) for entry in digest.new],
        "changed": [
            _coe(one.entry) | {"reasons": [{"kind": why.kind, "about": why.about or None} for why in one.reasons]}
            for one in digest.changed
        ],
        "queue": [_waiting(one) for one in digest.queue],
        "late_drafts": [_waiting(one) for one in digest.late_drafts],
        "teams": [_team(one) for one in digest.teams],
        "completed": [_item(row) for row in digest.completed],
        "learnings": [_learned(one) for one in digest.learnings],
        "tenet_candidates": [_candidate(one, digest) for one in digest.candidates],
        "meeting": _meeting(digest.meeting) if digest.meeting else None,
        "verified": [_item(row) for row in digest.verified],
        "quiet_spells": [
            {
                "coe": one.entry.coe.id,
                "title": one.entry.coe.title,
                "since": str(one.since),
                "days": one.days,
                "until": str(one.until),
            }
            for one in digest.spells
        ],
        "follow_up": _follow_up(digest.follow_up) if digest.follow_up else None,
        "left_open": [{name: getattr(one, name) for name in one.__slots__} for one in digest.left_open],
        "spotlight": _spotlight(digest.spotlight) if digest.spotlight else None,
        "completion": {"done": digest.completion.done, "total": digest.completion.total},
        "programs": [
            {name: getattr(one, name) for name in one.__slots__} | {"moved": list(one.moved)} for one in digest.programs
        ],
        "wheel": _wheel(digest.draw) if digest.draw else None,
        "agenda": {
            "minutes": digest.agenda.minutes,
            "spare": digest.agenda.spare,
            "items": [{name: getattr(item, name) for name in item.__slots__} for item in digest.agenda.items],
        },
        "remarks_url": digest.remarks_url,
        "meets": _meets(digest),
        "recurring_causes": [_recurring(one) for one in digest.causes],
    }


def _week(digest: Digest) -> dict[str, Any]:
    week = digest.week
    return {
        "name": week.name,
        "first": str(week.first),
        "last": str(week.last),
        "start": week.start.isoformat(),
        "end": week.end.isoformat(),
        "hours": int(week.hours) if week.hours.is_integer() else week.hours,
        "zone": week.zone,
        "week_starts": week.week_starts,
    }


def _day(day: dt.date | None) -> str | None:
    return str(day) if day else None


def _coe(entry: Listed) -> dict[str, Any]:
    coe = entry.coe
    return {
        "id": coe.id,
        "title": coe.title,
        "summary": coe.summary,
        "kind": coe.kind,
        "status": coe.status,
        "severity": coe.severity,
        "team": {"id": coe.owner_team, "name": entry.team_name},
        "services": [{"id": service.id, "name": name} for service, name in zip(coe.services, entry.service_names, strict=True)],
        "event_day": _day(entry.event_day),
        "created": _day(coe.created),
        "published": _day(coe.published),
    }


def _waiting(one: Waiting) -> dict[str, Any]:
    return _coe(one.entry) | {"age": one.age, "late": one.late, "returned": one.returned}


def _team(team: TeamActions) -> dict[str, Any]:
    return {
        "id": team.team,
        "name": team.name,
        "open": team.open,
        "overdue": [_item(row) for row in team.overdue],
        "due_soon": [_item(row) for row in team.due_soon],
    }


def _item(row: ActionRow) -> dict[str, Any]:
    item = row.item
    return {
        "id": item.id,
        "title": item.title,
        "type": item.type,
        "priority": item.priority,
        "commitment": item.commitment,
        "status": item.status,
        "state": row.state,
        "team": {"id": row.team, "name": row.team_name},
        "owner": row.owner_name,
        "due": _day(item.due),
        "days_left": row.days_left,
        "finished": _day(row.finished),
        "source": {"kind": row.source_kind, "id": row.source_id, "title": row.source_title},
    }


def _named(named: Named | None) -> dict[str, Any] | None:
    return {"id": named.id, "title": named.title, "status": named.status} if named else None


def _learned(one: Learned) -> dict[str, Any]:
    return {
        "coe": one.entry.coe.id,
        "id": one.learning.id,
        "statement": one.learning.statement,
        "audience": one.learning.audience,
        "tenet": _named(one.tenet),
        "program": _named(one.program),
    }


def _candidate(one: Candidate, digest: Digest) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "id": one.id,
        "title": one.title,
        "coes": [entry.coe.id for entry in one.coes],
        "of": digest.counts.compared,
        "fresh": one.fresh,
        "decided": one.decided,
    }


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "week": meeting.week,
        "date": str(meeting.date),
        "facilitator": meeting.facilitator,
        "picked": meeting.picked,
        "spotlight": meeting.spotlight.coe.id if meeting.spotlight else None,
        "unlisted": meeting.unlisted,
        "reviewed": [{"coe": one.entry.coe.id, "outcome": one.outcome, "notes": one.notes} for one in meeting.seen],
        "decisions": [
            {"id": one.id, "text": one.text, "tenet": _named(one.tenet), "program": _named(one.program)}
            for one in meeting.decisions
        ],
    }


def _follow_up(found: FollowUp) -> dict[str, Any]:
    return {
        "week": found.week,
        "decisions": [
            {
                "id": one.id,
                "text": one.text,
                "tenet": _named(one.tenet),
                "program": _named(one.program),
                "carried": one.is_carried,
            }
            for one in found.decisions
        ],
        "action_items": [_item(row) for row in found.actions],
    }


def _recurring(found: RecurringCause) -> dict[str, Any]:
    return {
        **_cause(found.entry, found.cause),
        "words": list(found.words),
        "earlier": [
            _cause(one.entry, one.cause) | {"words": list(one.words), "done": one.done, "total": one.total}
            for one in found.earlier
        ],
    }


def _cause(entry: Listed, cause: Cause) -> dict[str, Any]:
    return {"coe": entry.coe.id, "title": entry.coe.title, "cause": cause.id, "statement": cause.statement}


def _spotlight(found: Spotlight) -> dict[str, Any]:
    score = found.score
    parts = {"severity": score.severity, "novelty": score.novelty, "reach": score.reach, "total": score.total}
    return {
        "coe": found.entry.coe.id,
        "title": found.entry.coe.title,
        "origin": found.origin,
        "score": parts | {"new_terms": list(score.new_terms)},
        "others": found.others,
    }


def _wheel(found: Draw) -> dict[str, Any]:
    shares = [{"id": one.id, "name": one.name, "weight": str(one.weight), "upto": one.upto} for one in found.shares]
    return {"seed": found.seed, "picked": found.picked, "absent": list(found.absent), "shares": shares}


def _meets(digest: Digest) -> dict[str, str] | None:
    times = meets_at(digest)
    return {"start": times[0].isoformat(), "end": times[1].isoformat()} if times else None
