"""The rule `stated-duration`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.language.sentence import split
from coe.language.trigger import lowered
from coe.model.coe import Coe
from coe.model.impact import Window
from coe.model.measures import duration_words, impact_duration, impact_end, impact_start, measures
from coe.model.validate import Analysis
from coe.parse.document import Document
from coe.rule import Bad, Finding, Good, rule
from coe.rules.impact.spoken import BEGIN, HEDGE, Spoken, spoken
from coe.text import Span

_UNITS = ("sec", "min", "hour", "hr", "day", "week")
_SHORT = re.compile(r"\d\s?[hs]\b")
_LOSSES = ("outage", "downtime", "impact", "disruption", "degradation", "unavailability", "interruption")
_FOR_LONG = re.compile(rf"for\s+{HEDGE}{BEGIN}")
_LOSS = rf"(?:{'|'.join(_LOSSES)})"
_HEADLINES = frozenset({(), ("title",), ("summary",)})
_STATE = r"(?:down|unavailable|offline|unreachable|inaccessible|degraded|impaired|interrupted|disrupted|affected)"
# For small letters, and as text: few documents have a duration to look at, and only for them `re` compiles these.
_DOWN = rf"\b{_STATE},?\s+(?:\w+ly\s+|worldwide\s+)?for\s+{HEDGE}$"
_LASTED = rf"\b{_LOSS}\s+(?:(?:that\s+)?(?:lasted|persisted|continued|went\s+on)\s+(?:for\s+)?|of\s+|for\s+){HEDGE}$"
_LONG = rf"(?:[\s-]+(?:long|total|partial|full|global|complete|service|customer))*[\s-]+{_LOSS}\b|\s+of\s+(?:\w+\s+)?{_LOSS}\b"
_FOR = rf"\bfor\s+{HEDGE}$"
_WHO = r"\b(?:customers|users|visitors|shoppers|callers|checkouts|orders|payments|requests|traffic|logins|sign-ins|uploads)\b"
_MET = (
    r"\b(?:failed|fail|failing|errors?|timed\s+out|unable|could\s+not|couldn't|cannot|unavailable|down|rejected|refused"
    r"|dropped|affected|5\d\d|5xx)\b"
)
_OTHER = (
    r"\b(?:status\s+page|dashboard|console|database|replicas?|secondary|primary|stand-?by|hosts?|nodes?|pods?|servers?|cells?|shards?"
    r"|alarms?|alerts?|monitor\w*|canary|queue|backups?|builds?|pipeline|teams?|engineers?|operators?|responders?|on-call|we"
    r"|some|few|many|most|several|single|individual|one\s+of|each|every|per|another|previous\w*|earlier|similar|last"
    r"|would|could\s+have|might|may|if|until|expected|planned|in\s+(?:19|20)\d\d)\b"
)
"""Who or what else can be down, or when: a clause with one of these is not about the impact as a whole."""
_REACH = 160  # characters around a duration that are looked at: a clause is shorter, a hostile sentence is not
_CLAUSE = re.compile(r"[;:()\u2013\u2014]|,\s+(?:and|but|while|which|so)\s")

_TO_THE_END = frozenset({"TTM", "TTRec", "TTR"})

_IMPACT = "impact:\n  windows: [{id: I1, start: 2026-07-14T13:57:40Z, end: 2026-07-14T14:44:40Z}]\n"
_HEAD = (
    "---\nid: 2026-07-14-checkout-pool-exhaustion\ntitle: Checkout errors in Europe\nkind: incident\nstatus: in_review\n"
    f"severity: SEV2\nowner_team: payments\n{_IMPACT}---\n\n"
)


@rule(
    "IMP110",
    Severity.WARNING,
    Bad(f"{_IMPACT}title: Checkout was down for «2 hours» in Europe\n"),
    Bad(f"{_IMPACT}summary: For «two hours» 3.5 % of checkouts failed in Europe.\n"),
    Bad(f"{_HEAD}The outage lasted about «three hours».\n\nIt was a «90-minute» outage.\n"),
    Good(f"{_IMPACT}title: Checkout was down for 47 minutes in Europe\n"),
    Good(f"{_IMPACT}summary: Checkout was down for almost an hour. The team worked for two hours.\n"),
    Good(f"{_HEAD}The status page was down for two hours. An outage of more than 40 minutes needs a COE.\n"),
)
def stated_duration(analysis: Analysis) -> Iterator[Finding]:
    """A duration that title, summary or narrative give for the impact is the one that the impact windows give.

    Most readers see only the title and the summary, and statistics see only the windows. Reported are durations said of
    an outage, or of what customers met, that fit none of these within a fifth: a window, all of them together, first
    start to last end, the times to mitigate, recover and resolve, an event of the type `impact`. Rounded words such as
    “about an hour” are given their room; “more than” and “up to” are bounds. Silent while a window has no end.
    """
    coe = analysis.noun
    if not isinstance(coe, Coe) or coe.impact is None or coe.status == "draft":
        return
    said = list(_said(analysis.document))
    total = impact_duration(coe) if said else None
    if total is None:
        return
    known = [*_of_windows(coe, total), *_of_events(coe)]
    for span, one in said:
        if not any(map(one.fits, known)):
            words = " ".join(analysis.document.mask[slice(*span)].split())
            yield Finding(
                span,
                f"“{words}” are said of the impact, and its windows give {_told(coe.impact.windows, total)}",
                f"Write {duration_words(total)} here, or mend start and end in `impact.windows`.",
            )


def _said(document: Document) -> Iterator[tuple[Span, Spoken]]:
    """Yield the durations that title, summary and narrative say of the impact, with their places."""
    low = lowered(document.mask)  # here, for a sentence can be as long as the text and full of durations
    for passage in document.passages:
        if passage.field not in _HEADLINES or not _may_say(low[slice(*passage.span)]):
            continue
        for sentence in split(document.mask, passage.span):
            text = low[slice(*sentence)]
            for one in spoken(text) if _may_say(text) else ():
                if _is_about_impact(text, one, headline=bool(passage.field)):
                    yield Span(sentence.start + one.start, sentence.start + one.end), one


def _may_say(text: str) -> bool:
    """Say whether a text has what every way of speaking that is looked for has: a unit, and a word of loss or “for” a number.

    Plain searches for words in small letters, because every passage comes by and patterns of many alternatives are slow.
    """
    if not any(map(text.__contains__, _LOSSES)) and not _FOR_LONG.search(text):
        return False
    return any(map(text.__contains__, _UNITS)) or _SHORT.search(text) is not None


def _of_windows(coe: Coe, total: dt.timedelta) -> list[dt.timedelta]:
    """Return the durations of the impact windows that a sentence about the impact may mean."""
    windows = coe.impact.windows if coe.impact else ()
    start, end = impact_start(coe), impact_end(coe)
    return [total, *(window.end - window.start for window in windows if window.end), *([end - start] if start and end else [])]


def _of_events(coe: Coe) -> list[dt.timedelta]:
    """Return the durations that the timeline gives, which a sentence about the impact may mean as well."""
    return [
        *(measure.length for measure in measures(coe) if measure.name in _TO_THE_END),
        *(event.end - event.at for event in coe.timeline if event.end and event.type == "impact"),
    ]


def _told(windows: tuple[Window, ...], total: dt.timedelta) -> str:
    parts = [f"{window.id} {duration_words(window.end - window.start)}" for window in windows if window.end]
    return f"{duration_words(total)} in all ({', '.join(parts[:4])})" if len(parts) > 1 else duration_words(total)


def _is_about_impact(text: str, one: Spoken, *, headline: bool) -> bool:
    """Say whether a sentence in small letters gives a duration as that of all impact; a headline speaks of nothing else."""
    left, right = max(0, one.start - _REACH), one.end + _REACH
    begin = max((match.end() for match in _CLAUSE.finditer(text, left, one.start)), default=left)
    after = _CLAUSE.search(text, one.end, right)
    clause = text[begin : after.start() if after else right]
    before, behind = text[begin : one.start], text[one.end : right]
    said = re.search(_LASTED, before) or re.match(_LONG, behind)
    if not (said or re.search(_FOR, before)) or re.search(_OTHER, clause):
        return False
    if said:
        return one.bound == "exactly" or headline
    met = re.search(_WHO, clause) and re.search(_MET, clause)
    return bool(met or (re.search(_DOWN, before) and (headline or re.search(_WHO, before))))
