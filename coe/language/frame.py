"""Frames: what has to hold around a phrase before it blames; each says who is meant, or that nobody is."""

from __future__ import annotations

from collections.abc import Callable

from coe.language.act import act_of, agent_at
from coe.language.clause import Clause
from coe.language.denial import is_denied, is_label, is_misreading, is_refused, is_risk
from coe.language.lexicon import group, open_group
from coe.language.match import Match
from coe.language.phrase import END
from coe.language.reason import has_reason, is_sanctioned
from coe.language.subject import IMPLIED, OBJECTS, THING, Kind, Subject, classify
from coe.language.supposition import supposes_control
from coe.language.trait import is_of_thing
from coe.language.verb import is_auxiliary

_ENDS = frozenset({
    "who", "and", "in", "on", "at", "during", "when", "while", "for", "to", "with", "because", ",", ".", ";", "(", ")", END,
})  # fmt: skip


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


def _people(match: Match) -> Subject | None:
    """People do it, in the past, and it is neither denied nor only possible."""
    clause = match.clause()
    if clause.modal in group("possible") or clause.modal in ("should", "could", "ought") or clause.is_infinitive:
        return None
    if _is_supposed(match, clause) or match.words[match.last + 1] in group("nothing"):  # «overlooked nobody»
        return None
    negated = clause.is_negated and clause.subject.kind is not Kind.NOBODY
    if negated or not _is_past(match, clause):
        return None
    if _is_passive(match, clause) or match.words[match.last + 1] == "by":
        return _agent(match)
    return _who(match, clause.subject)


def _is_supposed(match: Match, clause: Clause) -> bool:
    """Say whether it is only asked or supposed: «did anybody forget it?», «if the operator forgot it»."""
    asks = match.words[len(match.tokens) - 1] == "?" and not any(word in ("why", "how") for word in match.words[: match.first])
    return asks or clause.opener in group("supposing")


def _is_passive(match: Match, clause: Clause) -> bool:
    """Say whether the verb is passive, also where the phrase begins with its adverb: «were never documented»."""
    if clause.is_passive:
        return True
    before = match.first - 1
    while before >= 0 and match.words[before] in open_group("adverb"):
        before -= 1
    be = before >= 0 and match.words[before] in group("be") and match.words[match.first] in open_group("adverb")
    return be and any(word in open_group("participle") for word in match.words[match.first : match.last + 1])


def _is_past(match: Match, clause: Clause) -> bool:
    said = match.words[match.first : match.last + 1]
    if said[0] in open_group("participle") and said[0] not in open_group("past"):
        return clause.is_past or clause.is_passive  # «nine forgotten fields» tells of no act
    if clause.is_past or any(
        word in open_group("past") or word in open_group("participle") or word in ("did", "had", "has", "have", "was", "were")
        for word in said
    ):
        return True
    is_command = clause.subject.kind is Kind.IMPLIED  # «never report an error twice»
    return match.has("timeless") and not is_command and clause.opener not in group("condition")


def _who(match: Match, subject: Subject) -> Subject | None:
    kind = subject.kind
    if match.has("others") and kind in (Kind.WE, Kind.SELF, Kind.IMPLIED):
        return None
    if kind is Kind.NOBODY:
        return None
    if kind is Kind.IMPLIED and _is_adjective(match):
        return None
    if match.has("users") and kind in (Kind.USER, Kind.THEY):
        return subject
    if match.has("individual") and kind not in (Kind.PERSON, Kind.NAMED, Kind.SELF):
        return None
    wide = match.has("only")
    if kind is Kind.IMPLIED and match.has("dropped"):
        # «Accidentally deleted objects were restored» is about objects.
        following = match.words[match.last + 1 : match.last + 7]
        told = not following or following[0] in group("determiner")
        return subject if told or not any(is_auxiliary(word) or word in open_group("past") for word in following) else None
    return subject if kind.is_people or (wide and kind.may_be_people) else None


def _is_adjective(match: Match) -> bool:
    """Say whether a participle speaks of what follows: «skipped tests are listed», «forgotten passwords are reset»."""
    word, behind = match.words[match.first], match.words[match.first + 1]
    is_object = behind in ("to", "them") or any(behind in group(one) for one in ("determiner", "preposition", "pronoun"))
    if word not in open_group("participle") or is_object:
        return False
    return any(is_auxiliary(one) for one in match.words[match.first + 2 : match.first + 8])


def _agent(match: Match) -> Subject | None:
    """Return the people behind «by», absent when none are named there."""
    words = match.words
    for at in range(match.last + 1, min(match.last + 4, len(words))):
        if words[at] == "by":
            subject = _phrase_after(match, at + 1)
            return subject if subject.kind.is_people else None
    return None


def _phrase_after(match: Match, first: int) -> Subject:
    last = first
    while last < len(match.tokens) and match.words[last] not in _ENDS:
        last += 1
    if last == first + 1 and match.words[first] in OBJECTS:
        return Subject(OBJECTS[match.words[first]], first, first)
    return classify(match.tokens, first, last - 1, match.names) if last > first else THING


def _ought(match: Match) -> Subject | None:
    """People should, could or might have done it."""
    clause = match.clause()
    subject = clause.subject
    if _is_conditional(match):
        return None
    if subject.kind is Kind.USER and not match.has("users"):
        return None
    if match.words[match.first] in ("could", "might") and match.words[subject.last] in ("anyone", "anybody"):
        return None  # «anyone could have pressed it» speaks of the button
    return subject if subject.kind.is_people or (subject.kind in (Kind.THEY, Kind.IMPLIED) and match.has("only")) else None


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
    denies = any(word in ("not", "never") for word in words[max(0, match.first - 2) : match.last + 1])
    said = (*_written(match, clause.subject), *words[match.first : match.last])
    if (denies and not match.phrase.denies) or any(word in group("nothing") for word in said):
        return None
    for at in range(match.last + 1, min(match.last + 5, len(words))):
        if words[at] in ("by", "with", "through", "had", "if") and words[at + 1] not in (".", ",", ";", ")", "and", END):
            subject = _phrase_after(match, at + 1)
            by_act = words[at + 1].endswith("ing") or words[at] == "if"
            return subject if subject.kind.is_people or (subject.kind is Kind.USER) else IMPLIED if by_act else None
        if words[at] in (",", ";", "."):
            break
    return IMPLIED


def _written(match: Match, subject: Subject) -> tuple[str, ...]:
    return match.words[subject.first : subject.last + 1][:2]


def _said(match: Match) -> Subject | None:
    """The words blame whoever the subject is, unless they name a risk, deny it, or stand in a definition."""
    before = match.words[max(0, match.first - 6) : match.first]
    after = match.words[match.last + 1 : match.last + 6]
    if is_denied(before):
        return None
    if match.has("nominal") and any(is_auxiliary(word) and word != "'s" for word in match.words[match.first : match.last]):
        return None  # «the wrong rule was removed by an engineer»
    if after and after[0] in ("is", "was", "are") and any(word in group("general") for word in after[1:4]):
        return None  # «human error is never a cause», «mistakes are inevitable»
    if is_label(before) or is_misreading(match.words[: match.first]):
        return None
    if (match.has("owned") and _owner_is_thing(match)) or (match.has("trait") and is_of_thing(match)):
        return None
    if match.has("past") and any(word in group("possible") for word in (*before[-3:], *after)):
        return None
    return IMPLIED


def _owner_is_thing(match: Match) -> bool:
    """Say whether the lapse is that of a machine: «the exporter's failure to report», «its failure to»."""
    words, at = match.words, match.first - (match.words[match.first] != "'s")
    if match.first == 0 and not any(map(_is_told, words)):
        return True  # a rule: «failure to renew the lease fences the node»
    if at < 1 or words[at] != "'s":
        return at >= 0 and words[at] == "its"
    first = at - 1
    while first > 0 and words[first - 1].isalpha() and not _ends_noun(words[first - 1]):
        first -= 1
    return classify(match.tokens, first, at - 1, match.names).kind is Kind.THING


def _ends_noun(word: str) -> bool:
    return (
        is_auxiliary(word)
        or word in open_group("past")
        or any(word in group(one) for one in ("preposition", "determiner", "opener"))
    )


def _doer(match: Match) -> Subject | None:
    """People did the thing to which the phrase is added: «merged it without asking»."""
    if "," in match.words[match.last + 1 :] and (match.first == 0 or match.words[match.first - 1] == ","):
        return _following(match)
    for at in range(match.first - 1, -1, -1):
        word = match.words[at]
        if at == 0 and match.has("only") and word in open_group("ing"):  # «deploying without asking broke it»
            return IMPLIED if any(_is_told(one) for one in match.words[match.last + 1 :]) else None
        if word in (";", ":", "because", "when", "if", "while"):
            break
        if word == "did" or (word in open_group("past") and not is_auxiliary(word)):
            clause = match.clause(at)
            if clause.subject.kind is Kind.THING and not clause.is_passive:
                continue
            if clause.is_passive or clause.modal or (clause.is_negated and not match.has("negated")):
                return None
            is_note = clause.subject.kind is Kind.IMPLIED and match.words[match.first] in ("instead", "rather")
            return None if is_note else _who(match, clause.subject)  # «used tabs instead of reading the file»
    return None


def _is_told(word: str) -> bool:
    return word in open_group("past") and not is_auxiliary(word)


def _act(match: Match) -> Subject | None:
    """People did what the phrase is added to: «deleted the volume by mistake», «by mistake, they deleted the volume»."""
    act = act_of(match)
    if act is None:
        return None
    if act.clause.subject.kind is Kind.IMPLIED:
        is_note = match.has("dropped") and match.words[act.verb + 1] in group("determiner") | group("preposition")
        return act.clause.subject if is_note else None
    if not act.clause.is_passive:
        return _who(match, act.clause.subject)
    agent = agent_at(match.words, act.verb)
    subject = _phrase_after(match, agent) if agent else THING
    return subject if subject.kind.is_people else None


def _following(match: Match) -> Subject | None:
    """Return the people of the clause behind «despite …,»."""
    words = match.words
    for at in range(words.index(",", match.last), len(match.tokens)):
        if words[at] in open_group("past") or is_auxiliary(words[at]):
            clause = match.clause(at)
            return None if clause.is_passive or clause.modal else _who(match, clause.subject)
    return None


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
    if clause.modal or clause.is_negated or clause.is_passive:
        return None
    if match.has("others") and kind in (Kind.WE, Kind.SELF):
        return None
    return clause.subject if kind.is_people or kind in (Kind.USER, Kind.THEY) else None


_FRAMES: dict[str, Callable[[Match], Subject | None]] = {
    "people": _people, "ought": _ought, "hidden": _hidden, "said": _said, "doer": _doer, "urge": _urge, "victim": _victim,
    "opening": _opening, "judged": _judged, "wide": _wide, "act": _act,
}  # fmt: skip
