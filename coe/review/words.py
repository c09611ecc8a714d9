"""The digest's own words, which all renderings share. Where a name of an author's is in them, a rendering escapes them."""

from __future__ import annotations

import re

from coe.insight.actions import ActionRow
from coe.review.adoption import Progress
from coe.review.agenda import Item
from coe.review.candidates import Candidate
from coe.review.digest import Digest
from coe.review.draw import Draw
from coe.review.follow_up import Became, LeftOpen
from coe.review.items import Completion
from coe.review.listed import Listed
from coe.review.news import Reason
from coe.review.recurring import Earlier
from coe.review.spotlight import Spotlight
from coe.review.waiting import TeamActions, Waiting
from coe.review.week import Week
from coe.review.wins import Spell

LEAST_FOR_SHARE = 5
"""Of fewer a percentage says more than is known."""

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
    if spaced.isprintable() and "\ufffc" not in spaced:  # of all that is looked for, this one alone counts as printable
        return spaced or "(nothing to see)"
    return _HALVES.sub("\ufffd", " ".join(_UNSEEN.sub("", spaced).split())) or "(nothing to see)"


def counted(number: int, word: str) -> str:
    """Return a number with its noun: `1 COE`, `2 COEs`."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def span(week: Week) -> str:
    """Return first and last day, the zone, and the length where clocks change."""
    days = (week.last - week.first).days + 1
    odd = "" if week.hours == 24 * days else f", {week.hours:g} hours because clocks change"
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


def finished(one: Completion) -> str:
    """Return how many action items are finished of how many; a share is told only of five and more."""
    share = f" ({100 * one.done // one.total} %)" if one.total >= LEAST_FOR_SHARE else ""
    return f"{one.done} of {counted(one.total, 'action item')} finished{share}"


def spell(one: Spell) -> str:
    """Return for how long a COE has stayed away."""
    return f"no recurrence for {one.days} days since its last action item was finished on {one.since}"


def scored(found: Spotlight) -> str:
    """Return the score of the spotlight in its parts, or that people chose it."""
    score = found.score
    new = f" ({', '.join(score.new_terms)})" if score.new_terms else ""
    parts = f"severity {score.severity}, new {score.novelty}{new}, reach {score.reach}: {score.total}"
    if found.origin == "chosen":
        return f"chosen by people; {parts}"
    pool = "of this week" if found.origin == "week" else "in the archive by when a review last saw it"
    others = f"first of {found.others + 1} {pool}" if found.others else f"the only one {pool}"
    return f"{others}; {parts}"


def became(one: Became) -> str:
    """Return what carries a decision now."""
    named = [(kind, it) for kind, it in (("tenet", one.tenet), ("program", one.program)) if it]
    if not named:
        return "names no tenet or program that would carry it"
    return ", ".join(f"{kind} {plain(it.title)}: {it.status or 'has no page yet'}" for kind, it in named)


def left(one: LeftOpen) -> str:
    """Return what an earlier review left open, without the words of authors."""
    if one.kind == "decision":
        return f"decision {one.about} of {one.week} names a page that does not exist yet"
    if one.kind == "accepted":
        return f"accepted by the review of {one.week}, and not published yet"
    return f"{one.kind} by the review of {one.week}, and no review has accepted it since"


def shared(one: Earlier) -> str:
    """Return the words that an earlier cause shares, and whether what was agreed against it is finished."""
    answered = f"{one.done} of {counted(one.total, 'action item')} finished" if one.total else "no action item addresses it"
    return f"shares {', '.join(map(plain, one.words))}; {answered}"


def rest(number: int, what: str) -> str:
    """Return how many rows of a list are not shown."""
    return f"and {number} more {what if number == 1 else f'{what}s'}"


def progress(one: Progress) -> str:
    """Return how far a program is."""
    exempt = f", {one.exempt} exempt" if one.exempt else ""
    moved = f"; moved this week: {', '.join(map(plain, one.moved))}" if one.moved else ""
    done = f"{one.done} of {counted(one.total, 'service')} done" if one.total else "no service is listed yet"
    return f"{one.status}, {done}{exempt}{moved}"


def drawn(one: Draw) -> str:
    """Return who was drawn, or who can be."""
    if one.picked:
        return f"{plain(one.picked_name)} was drawn (seed {plain(one.seed or '')})"
    away = f"; absent: {', '.join(one.absent)}" if one.absent else ""
    return f"{counted(len(one.shares), 'name')} on the wheel{away}; `coe wheel` draws"


def slot(item: Item) -> str:
    """Return a line of the agenda: when it begins, how long it takes, how much there is."""
    things = "" if item.things is None else f", {item.things} to look at" if item.things else ", nothing to look at"
    return f"{item.starts // 60}:{item.starts % 60:02} {item.title}, {item.minutes} min{things}"


def remarks(digest: Digest, block: str) -> str:
    """Return where one can remark on a block of the digest; empty when the configuration names no place."""
    return (digest.remarks_url or "").replace("{week}", digest.week.name).replace("{block}", block)
