"""Frames: what has to hold around a phrase before it blames; each says who is meant, or that nobody is."""

from __future__ import annotations

from collections.abc import Callable

from coe.language.clause import Clause
from coe.language.denial import is_refused, is_risk
from coe.language.doer import act, doer, people, phrase_after
from coe.language.lapse import said
from coe.language.lexicon import group, open_group
from coe.language.match import Match
from coe.language.phrase import END
from coe.language.reason import has_reason, is_sanctioned
from coe.language.subject import IMPLIED, Kind, Subject
from coe.language.supposition import supposes_control


def subject_of(match: Match) -> Subject | None:
    """Return who a match speaks of, or nothing when it does not blame there."""
    if match.has("actions") and not match.context.is_action:
        return None
    if (match.has("first") and match.first) or is_risk(match.words[: match.first]):
        return None
    if match.phrase.frame in ("people", "doer", "act", "wide") and is_sanctioned(match.words, match.last):
        return None
    if match.has("mild") and has_reason(match.words, match.first, match.last):
        return None
    return _FRAMES[match.phrase.frame](match)


def _ought(match: Match) -> Subject | None:
    """People should, could or might have done it."""
    clause = match.clause()
    subject = clause.subject
    if _is_conditional(match):
        return None
    if subject.kind is Kind.USER and not match.has("users"):
        return None
    if match.words[match.first] in ("could", "might") and (
        match.words[subject.last] in ("anyone", "anybody") or match.words[subject.first - 1] == "than"
    ):
        return None  # «anyone could have pressed it» speaks of the button; «better than we could have hoped»
    is_firm = subject.kind is Kind.PROPER and match.has("firm")
    is_note = subject.kind in (Kind.THEY, Kind.IMPLIED) and match.has("only")
    return subject if subject.kind.is_people or is_firm or is_note else None


def _is_conditional(match: Match) -> bool:
    """Say whether it could have been, had there been a control; what should have been stands without one."""
    return match.words[match.first] in ("could", "might", "would", "had", "if") and supposes_control(match.words)


def _hidden(match: Match) -> Subject | None:
    """A passive whose agent is not said, or is people; «by the alert» names a control."""
    words = match.words
    clause = match.clause()
    if _is_conditional(match):
        return None
    if not match.has("ought") and (
        clause.modal or clause.is_infinitive or clause.opener in ("if", "unless", "so", "lest", "whether")
    ):
        return None
    if _is_planned(match, clause):
        return None
    denies = any(word in ("not", "never") for word in words[max(0, match.first - 2) : match.last + 1])
    said = (*_written(match, clause.subject), *words[match.first : match.last])
    if (denies and not match.phrase.denies) or any(word in group("nothing") for word in said):
        return None
    for at in range(match.last + 1, min(match.last + 5, len(words))):
        if words[at] in ("by", "with", "through", "had", "if") and words[at + 1] not in (".", ",", ";", ")", "and", END):
            subject = phrase_after(match, at + 1)
            by_act = words[at + 1].endswith("ing") or words[at] == "if"
            return subject if subject.kind.is_people or (subject.kind is Kind.USER) else IMPLIED if by_act else None
        if words[at] in (",", ";", "."):
            break
    return IMPLIED


def _is_planned(match: Match, clause: Clause) -> bool:
    """Say whether what was missed is named in a plan: «refunds that were missed will be paid», or an action item."""
    is_named = match.has("mild") and (
        match.words[clause.first - 1] in group("relative") or any(word in ("that", "which", "if") for word in _said(match))
    )
    after = match.words[match.last + 1 :]
    return is_named and (match.context.is_action or any(word in group("made_good") for word in after))


def _said(match: Match) -> tuple[str, ...]:
    return match.words[match.first : match.last + 1]


def _written(match: Match, subject: Subject) -> tuple[str, ...]:
    return match.words[subject.first : subject.last + 1][:2]


def _urge(match: Match) -> Subject | None:
    """Somebody is asked to be or to do it; things and tools may be as careful as they like."""
    clause = match.clause()
    if (clause.is_negated and not match.has("negated")) or is_refused(match.words[match.last + 1 :]):
        return None
    said = match.words[match.first]
    asks = said in group("modal") or said in group("asking") or said == "to"
    if said in open_group("past") and not clause.modal and not clause.is_infinitive:
        return None
    subject = clause.subject
    asked = clause.is_infinitive or clause.modal or asks or subject.kind is Kind.IMPLIED or match.context.is_action
    if subject.kind is Kind.PROPER:
        return None
    if not asked or (subject.kind is Kind.THING and not clause.is_infinitive and not match.has("any")):
        return None
    if clause.is_infinitive and subject.kind is Kind.THING and not match.context.is_action and not match.has("any"):
        return None
    return subject if subject.kind is not Kind.THING else IMPLIED


def _victim(match: Match) -> Subject | None:
    """A person it is done to."""
    clause = match.clause()
    if clause.modal in ("can", "may", "might", "could") or clause.is_negated:
        return None
    return clause.subject if clause.subject.kind in (Kind.PERSON, Kind.NAMED, Kind.THEY, Kind.SELF) else None


def _opening(match: Match) -> Subject | None:
    """The words open a clause: «had we looked»."""
    before = match.words[match.first - 1] if match.first else ","
    if _is_conditional(match):
        return None
    if match.words[match.first] == "had" and before not in (
        ",",
        ";",
        ":",
        "(",
        "and",
        "but",
        "or",
        "that",
        "--",
        "\u2013",
        "\u2014",
    ):
        return None
    said = match.words[match.first : match.last + 1]
    kind = Kind.WE if "we" in said else Kind.SELF if "i" in said else Kind.PERSON
    return Subject(kind, match.first + 1, match.last - 1)


def _judged(_: Match) -> Subject | None:
    """The people stand in the words themselves."""
    return IMPLIED


def _wide(match: Match) -> Subject | None:
    """People in any tense, users and «they» too."""
    clause = match.clause()
    kind = clause.subject.kind
    denies = "not" in _said(match) and not match.phrase.denies  # «is not at fault»
    if clause.modal or clause.is_negated or clause.is_passive or denies:
        return None
    if match.has("others") and kind in (Kind.WE, Kind.SELF):
        return None
    return clause.subject if kind.is_people or kind in (Kind.USER, Kind.THEY) else None


_FRAMES: dict[str, Callable[[Match], Subject | None]] = {
    "people": people, "ought": _ought, "hidden": _hidden, "said": said, "doer": doer, "urge": _urge, "victim": _victim,
    "opening": _opening, "judged": _judged, "wide": _wide, "act": act,
}  # fmt: skip
