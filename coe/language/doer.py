"""Who did it: the people of the clause in which a phrase stands, or to which it is added."""

from __future__ import annotations

from coe.language.act import act_of, agent_at
from coe.language.clause import Clause
from coe.language.denial import only_seems
from coe.language.lexicon import group, open_group
from coe.language.match import Match
from coe.language.phrase import END
from coe.language.subject import IMPLIED, OBJECTS, THING, Kind, Subject, classify
from coe.language.verb import is_auxiliary
from coe.parse.prose import OPAQUE

_ENDS = frozenset({
    "who", "and", "in", "on", "at", "during", "when", "while", "for", "to", "with", "because", ",", ".", ";", "(", ")", END,
})  # fmt: skip
_AGENT_REACH = 13
_ENDS_CLAUSE = frozenset({"and", "but", "or", ",", ";", ":", ".", "(", "which", "that", "who", "when", "because", "while"})


def people(match: Match) -> Subject | None:
    """People do it, in the past, and it is neither denied nor only possible."""
    if match.has("inverted"):
        return _inverted(match)
    clause = match.clause()
    if clause.modal in group("possible") or clause.modal in ("should", "could", "ought") or clause.is_infinitive:
        return None
    if (
        _is_supposed(match, clause) or only_seems(match.words[: match.first]) or match.words[match.last + 1] in group("nothing")
    ):  # «overlooked nobody»
        return None
    negated = clause.is_negated and clause.subject.kind is not Kind.NOBODY
    if _is_note(match, clause):
        return clause.subject
    if negated or not (_is_past(match, clause) or _is_timeline(match, clause)):
        return None
    behind = match.words[match.last + 1 : match.last + 3]
    by_whom = behind[0] == "by" and behind[-1] not in open_group("ing")  # «made it worse by restarting the job»
    if clause.subject.kind is Kind.WE and match.words[clause.first] in ("was", "is", "has"):
        return None  # «the script that we ran was wrong»
    if by_whom or _is_passive(match, clause):
        return _agent(match)
    return _who(match, clause.subject)


def _inverted(match: Match) -> Subject | None:
    """Return the people between the auxiliary and the verb: «nor did we check», «why didn't the lead check»."""
    start = match.first + (3 if match.words[match.first + 2] == "not" else 2)
    for at in range(start + 1, match.last + 1):
        subject = match.clause(at).subject
        if subject.first == start and (subject.kind.is_people or subject.kind is Kind.THEY):
            return _who(match, subject)
    return None


def _is_note(match: Match, clause: Clause) -> bool:
    """Say whether a gerund opens a note, or is told as what led to something: «Not checking the plan.», «… cost an hour»."""
    if clause.subject.kind is not Kind.IMPLIED or match.context.is_action or clause.opener not in ("", ":"):
        return False
    said = match.words[match.first : match.last + 1]
    gerund = next((word for word in said[:3] if word in open_group("ing")), "")
    is_human = match.has("only") or any(gerund in group(name, "ing") for name in ("own_act", "diligent", "duty"))
    is_title = any(token.is_capital for token in match.tokens[match.first + 1 : match.last + 3])  # «Forgetting to Parse Space»
    if is_title or not gerund or not is_human or said[0] in group("program_does", "ing"):
        return False
    behind = match.words[match.last + 1 :]
    now = any(word in ("is", "are", "can", "may", "will", "would", "should", "must", "could", "might") for word in behind)
    return not now


def _is_timeline(match: Match, clause: Clause) -> bool:
    """Say whether a note that begins with a time tells it in the present: «10:35 on-call misses the page»."""
    before = match.words[match.first - 1] if match.first else ""
    if before in group("preposition") or before in group("determiner"):
        return False  # «10:40 posted on slack»
    if not match.words[0][0].isdigit() or clause.opener in group("condition") or clause.is_passive:
        return False
    return clause.subject.kind.is_people or (clause.subject.kind is Kind.IMPLIED and match.has("dropped"))


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
    if kind is Kind.THEY and _are_people(match, subject.first):
        return subject
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


def _are_people(match: Match, they: int) -> bool:
    """Say whether «they» are people: the sentence begins with people, and names no other things in the plural before it."""
    before = match.words[:they]
    people = next((at for at, word in enumerate(before) if word in group("person") or word in group("team")), None)
    return people is not None and people < 4 and not any(is_plural(word) for word in before[people + 1 :])


def is_plural(word: str) -> bool:
    """Say whether a word looks like things in the plural."""
    return word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is"))


def _is_adjective(match: Match) -> bool:
    """Say whether a participle speaks of what follows: «skipped tests are listed», «forgotten passwords are reset»."""
    word, behind = match.words[match.first], match.words[match.first + 1]
    is_object = behind in ("to", "them") or any(behind in group(one) for one in ("determiner", "preposition", "pronoun"))
    if word not in open_group("participle") or is_object:
        return False
    return any(is_auxiliary(one) for one in match.words[match.first + 2 : match.first + 8])


def _agent(match: Match) -> Subject | None:
    """Return the people behind «by», absent when none are named in the same clause."""
    words = match.words
    for at in range(match.last + 1, min(match.last + _AGENT_REACH, len(words))):
        if words[at] == "by":
            subject = phrase_after(match, at + 1)
            return subject if subject.kind.is_people else None
        is_far = at > match.last + 3
        if words[at] in ("and", "but") or (
            is_far and (words[at] in _ENDS_CLAUSE or is_auxiliary(words[at]) or is_told(words[at]))
        ):
            return None
    return None


def phrase_after(match: Match, first: int) -> Subject:
    """Return who is meant by the noun phrase that starts at an index, as behind «by»."""
    last = first
    while last < len(match.tokens) and match.words[last] not in _ENDS:
        last += 1
    if last == first + 1 and match.words[first] in OBJECTS:
        return Subject(OBJECTS[match.words[first]], first, first)
    return classify(match.tokens, first, last - 1) if last > first else THING


def doer(match: Match) -> Subject | None:
    """People did the thing to which the phrase is added: «merged it without asking»."""
    if "," in match.words[match.last + 1 :] and (match.first == 0 or match.words[match.first - 1] == ","):
        return _following(match)
    for at in range(match.first - 1, -1, -1):
        word = match.words[at]
        if at == 0 and match.has("only") and word in open_group("ing"):  # «deploying without asking broke it»
            return IMPLIED if any(is_told(one) for one in match.words[match.last + 1 :]) else None
        if word in (";", ":", "because", "when", "if", "while"):
            break
        if word == "did" or (word in open_group("past") and not is_auxiliary(word)) or _is_progressive(match, at):
            clause = match.clause(at)
            if clause.subject.kind is Kind.THING and not clause.is_passive:
                continue
            if clause.is_passive or clause.modal or (clause.is_negated and not match.has("negated")):
                return None
            is_note = clause.subject.kind is Kind.IMPLIED and match.words[match.first] in ("instead", "rather")
            return None if is_note else _who(match, clause.subject)  # «used tabs instead of reading the file»
    return None


def _is_progressive(match: Match, at: int) -> bool:
    """Say whether a word tells of what was being done: «had been merging without a look»."""
    if match.words[at] not in open_group("ing"):
        return False
    before = at - 1
    while before >= 0 and match.words[before] in open_group("adverb"):
        before -= 1
    return before >= 0 and match.words[before] in ("was", "were", "been")


def is_told(word: str) -> bool:
    """Say whether a word is a verb that tells what was done."""
    return word in open_group("past") and not is_auxiliary(word)


def act(match: Match) -> Subject | None:
    """People did what the phrase is added to: «deleted the volume by mistake», «by mistake, they deleted the volume»."""
    done = act_of(match)
    if done is None:
        return None
    if done.clause.subject.kind is Kind.IMPLIED and not done.clause.is_passive:
        is_note = match.has("dropped") and match.words[done.verb + 1] in group("determiner") | group("preposition") | {OPAQUE}
        return done.clause.subject if is_note else None
    if not done.clause.is_passive:
        return _who(match, done.clause.subject)
    agent = agent_at(match.words, done.verb)
    subject = phrase_after(match, agent) if agent else THING
    return subject if subject.kind.is_people else None


def _following(match: Match) -> Subject | None:
    """Return the people of the clause behind «despite …,»."""
    words = match.words
    for at in range(words.index(",", match.last), len(match.tokens)):
        if words[at] in open_group("past") or is_auxiliary(words[at]):
            clause = match.clause(at)
            return None if clause.is_passive or clause.modal else _who(match, clause.subject)
    return None
