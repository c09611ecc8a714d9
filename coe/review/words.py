"""The digest's own words, which all renderings share; no author's text is in them."""

from __future__ import annotations

import re

from coe.insight.actions import ActionRow
from coe.review.candidates import Candidate
from coe.review.digest import Digest
from coe.review.listed import Listed
from coe.review.news import Reason
from coe.review.waiting import TeamActions, Waiting
from coe.review.week import Week

_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\U000e0000-\U000e007f]"
)
_HALVES = re.compile("[\ud800-\udfff]")
_KINDS = {"incident": "incident", "near_miss": "near miss", "exercise": "exercise"}
_REASONS = {
    "severity": "severity set to {about}",
    "action_completed": "{about} completed",
    "action_verified": "{about} verified",
    "action_agreed": "{about} added",
    "edited": "text edited",
}


def plain(text: str) -> str:
    """Return an author's text on one line, without characters that steer a terminal or the direction of writing.

    A text of nothing else would break the markup around it, so a word stands for it.
    """
    spaced = " ".join(text.split())  # some of the unseen characters are line breaks: they become spaces first
    return _HALVES.sub("\ufffd", " ".join(_UNSEEN.sub("", spaced).split())) or "(nothing to see)"


def counted(number: int, word: str) -> str:
    """Return a number with its noun: `1 COE`, `2 COEs`."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def span(week: Week) -> str:
    """Return first and last day, the zone, and the length where clocks change."""
    odd = "" if week.hours == 168 else f", {week.hours:g} hours because clocks change"
    return f"{week.first} to {week.last} ({week.zone}{odd})"


def headline(digest: Digest) -> tuple[str, ...]:
    """Return the counts that the meeting looks at first."""
    counts = digest.counts
    late = f"{counts.overdue} of {counted(counts.open, 'open action item')} overdue" if counts.open else "no open action item"
    return (
        counted(len(digest.new), "new COE"),
        f"{len(digest.changed)} changed",
        f"{len(digest.queue)} waiting for review",
        late,
        f"{counts.due_soon} due within {counted(digest.due_soon_days, 'day')}",
        f"{len(digest.completed)} completed",
    )


def quiet(digest: Digest) -> str:
    """Return what is said of a week that brought nothing, empty for any other."""
    if not digest.is_quiet:
        return ""
    if not digest.counts.coes and digest.is_clear:
        return "There is no COE yet. `coe new` starts one."
    rest = " Nothing waits for a review, and nothing is due soon." if digest.is_clear else ""
    return f"A quiet week: no COE is new or changed, and no action item was completed.{rest}"


def facts(entry: Listed) -> str:
    """Return severity, kind, day of the event, and where the analysis stands."""
    coe = entry.coe
    stage = f"published {coe.published}" if entry.is_finished and coe.published else coe.status.replace("_", " ")
    day = f" of {entry.event_day}" if entry.event_day else ""
    return f"{coe.severity} {_KINDS[coe.kind]}{day}, {stage}"


def reason(one: Reason) -> str:
    """Return what changed."""
    return _REASONS[one.kind].format(about=one.about)


def waits(one: Waiting, digest: Digest) -> str:
    """Return how long ago the event was, against the policy."""
    if one.age is None:
        return "day of the event unknown"
    policy = f", {one.late} past the {digest.publish_within_days} of the policy" if one.late else ""
    back = f"; returned by the review of {one.returned}" if one.returned else ""
    return f"{counted(one.age, 'day')} since the event{policy}{back}"


def due(row: ActionRow) -> str:
    """Return how far the due date is from the day of the digest."""
    left = row.days_left
    if left is None:
        return "no due date"
    if left < 0:
        return f"overdue {counted(-left, 'day')}"
    return "due today" if left == 0 else f"due in {counted(left, 'day')}"


def about(row: ActionRow) -> str:
    """Return due date, priority, and what holds an item up."""
    held = ", blocked" if row.item.status == "blocked" else ""
    moved = f", due date moved {counted(len(row.item.extensions), 'time')}" if row.item.extensions else ""
    return f"due {row.item.due}, {row.item.priority}{held}{moved}"


def load(team: TeamActions) -> str:
    """Return how many of a team's open action items are pressing."""
    return f"{len(team.overdue)} overdue and {len(team.due_soon)} due soon of {team.open} open"


def undated(digest: Digest) -> str:
    """Return how many open action items cannot become overdue, empty when all have a due date."""
    missing = digest.counts.open - digest.counts.due
    if not missing:
        return ""
    return f"{missing} of {counted(digest.counts.open, 'open action item')} {'has' if missing == 1 else 'have'} no due date."


def repeats(one: Candidate, digest: Digest) -> str:
    """Return how often a candidate repeats, and what was said of it already."""
    share = f"{len(one.coes)} of {counted(digest.counts.compared, 'COE')}"
    if one.kind == "tag":
        return f"tag of {share}, and no learning of theirs names a tenet"
    state = "proposed tenet" if one.title else "tenet without a page"
    seen = f"; the review of {one.decided} decided on it" if one.decided else ""
    return f"{state}, named by learnings of {share}{seen}"


def missing(digest: Digest) -> str:
    """Return how many documents could not be read, empty when all could."""
    number = digest.counts.left_out
    if not number:
        return ""
    verb = "is left out: it has" if number == 1 else "are left out: they have"
    return f"{counted(number, 'document')} {verb} flaws that `coe check` names."
