"""Hints about what was done, or was not: the same fact without its doer, or a question about what it was done to."""

from __future__ import annotations

from coe.language.clause import clause_at
from coe.language.complement import is_noun_phrase, object_of, quoted
from coe.language.conjugation import known, participle_of, participle_of_base
from coe.language.lexicon import group, open_group
from coe.language.verb import is_auxiliary
from coe.rules.language.said import OBJECT_CASE, Said, is_base, lower


def act(said: Said) -> str | None:
    """«An engineer accidentally deleted the volume» → «The volume was deleted: …»."""
    for verb in (*range(said.first, said.last + 1), *_told_after(said)):
        word = said.word(verb)
        if is_auxiliary(word) or participle_of(word) is None:
            continue
        before = [said.word(at) for at in range(max(0, verb - 3), verb)]
        is_passive = verb <= said.last and any(word in group("be") for word in before)
        fact = None if is_passive else said.passive(verb, participle_of(word))
        if fact:
            fact += said.circumstance(verb)
            return f"What made this step easy to get wrong? For example: “{fact}: the tool showed …, and nothing asked …”."
        if verb <= said.last and word in open_group("past") and not is_passive:
            return None
    return None


def _told_after(said: Said) -> tuple[int, ...]:
    """Return where the act stands behind «the cause was an engineer»: in «merging …» or «who merged …»."""
    at = said.last + 1
    at += said.word(at) == ","
    at = said.skip_adverbs(at + 1 if said.word(at) in ("who", "that") else at)
    told = said.word(at) in open_group("ing") or said.word(at - 1) in ("who", "that")
    return (at,) if told else ()


def flaw(said: Said) -> str | None:
    """«made a typo» → what could have shown the typo."""
    if said.word(said.first) in ("let", "lets", "letting"):
        return None
    noun = next((said.word(at) for at in said.places(*group("flaw")) if said.word(at - 1) not in ("by", "in")), None)
    return (
        f"What could have refused or shown the {noun} in time: a check, a preview, a test? Begin with that." if noun else None
    )


def omission(said: Said) -> str | None:
    """«forgot to renew the certificate» → «The certificate was not renewed: …»."""
    for to in said.places("to"):
        verb = said.skip_adverbs(to + 1)
        base = said.word(verb)
        evaluated = any(said.word(at) in group("properly") | group("degree") for at in range(to, verb))
        if evaluated or said.word(to - 1) not in group("left_out") or not base.isalpha() or base in ("be", "have", "do"):
            continue
        if base in group("perceiving"):
            return signal(said, verb, base)
        found = object_of(said.tokens, verb)
        in_time = found is not None and said.word(found.last + 1) in group("term")
        if not in_time and (fact := said.passive(verb, participle_of_base(base), "not ")):
            fact += said.circumstance(verb)
            return f"Write the fact, then what was to prompt it: “{fact}: …”. Which reminder, check or default was not there?"
        rest, who = said.rest(verb + 1, asks=False), said.who()
        if rest is not None and who and is_base(base):
            return f"Write the fact, then why it made sense: “{who} did not {base}{rest}: …”. What could have prompted it?"
    return None


def signal(said: Said, verb: int, base: str) -> str | None:
    """«failed to notice the alarm» → what made the alarm easy to miss."""
    whom = said.whom()
    if (
        base in ("know", "realise", "realize", "recognise", "recognize", "see", "notice", "learn")
        and said.word(verb + 1) == "that"
    ):
        rest = said.rest(verb + 1)
        return whom and rest and f"What would have told {whom}{rest}? Write what the screens and texts said instead."
    found = said.object(verb)
    return found and f"What made {found} easy to miss? Write what else was on the screen, and how many signals came at once."


def lapse(said: Said) -> str | None:
    """«ignored the alarm», «the alarm was ignored» → a question about the alarm."""
    for verb in range(said.last, said.first - 1, -1):
        if question := _LAPSES.get(said.word(verb)):
            found = _undergoer(said, verb)
            if found and question is _COST and found.split()[-1] not in group("gate"):
                return None
            return found and question.format(found)
    return None


def _undergoer(said: Said, verb: int) -> str | None:
    """Return what a lapse is about: the subject of the passive, else the object."""
    clause = clause_at(said.tokens, verb)
    if not clause.is_passive:
        to = verb + 1 if said.word(verb + 1) in ("to", "with") else verb
        return said.object(to)
    subject = clause.subject
    if not is_noun_phrase(said.tokens, subject.first, subject.last):
        return None
    text = quoted(said.text, said.tokens, (subject.first, subject.last + 1))
    return lower(text, said.tokens[subject.first]) if text and said.word(subject.first) not in OBJECT_CASE else None


_EASY = "What made {} easy to miss? Write what else was on the screen, and how many signals came at once."
_UNIMPORTANT = "What made {} look unimportant at that moment? Write what was seen, and what else called for attention."
_COST = "What did {} cost at that moment, in time or in steps? Write that, and what let the work go on."
_UNFIT = "Where did {} not fit that moment, or not lie at hand? Write how the work is really done."
_MIND = "What was to bring {} to mind at that moment: which reminder, check or default was not there?"
_LOOK = "What did {} look like at that moment? Write the figure, text or screen that people went by."
_LAPSES = {
    **dict.fromkeys(("overlook", "overlooked", "missed", "miss"), _EASY),
    **dict.fromkeys(("ignored", "ignoring", "disregarded", "dismissed", "unheeded"), _UNIMPORTANT),
    **dict.fromkeys(("skipped", "skipping", "omitted", "bypassed", "circumvented", "sidestepped"), _COST),
    **dict.fromkeys(("follow", "followed", "adhere", "adhered", "comply", "violated", "obeyed"), _UNFIT),
    **dict.fromkeys(("forgot", "forgotten", "neglected"), _MIND),
    **dict.fromkeys(("misjudged", "misread", "misdiagnosed", "misinterpreted", "misunderstood", "understand"), _LOOK),
    **dict.fromkeys(("underestimated", "overestimated", "miscalculated"), _LOOK),
}


def unasked(said: Said) -> str | None:
    """«merged the change without asking» → «The change was merged: no step asked for …»."""
    if said.word(said.first) in ("instead", "rather"):
        missed = said.object(said.last)
        return _UNFIT.format(missed) if missed and missed.split()[-1] in group("rules") else None
    if said.word(said.first) != "without":
        return None
    for verb in range(said.first - 1, -1, -1):
        word = said.word(verb)
        if word in (";", ":", ",", "because", "when", "if", "while") or is_auxiliary(word):
            return None
        if word in open_group("past"):
            found = object_of(said.tokens, verb)
            fact = said.passive(verb, participle_of(word)) if found and found.last < said.first else None
            return (
                fact
                and f"Write which step the way of working did not have: “{fact}: no step of the tool or process asked for …”."
            )
    return None


def partly(said: Said) -> str | None:
    """«did not properly test the limit» → «The limit was tested with …, and not with …»."""
    words = said.words()
    if "not" not in words:
        return None
    verb = next((at for at in range(said.last, said.first - 1, -1) if said.word(at) in known()), None)
    base = said.word(verb) if verb is not None else ""
    fact = said.passive(verb, participle_of_base(base)) if verb is not None and base in group("probing") else None
    if base == "read" and verb is not None:
        text = said.object(verb)
        return text and f"What made the point in {text} easy to miss: its place, its length, its words?"
    return fact and f"Write how far it went, and why no further: “{fact} for …, and not for …, as …”."


def lapsed(said: Said) -> str | None:
    """«let the certificate expire» → what was to warn before the certificate expired."""
    if said.word(said.first) not in ("let", "lets", "letting") or said.word(said.last) not in ("expire", "lapse"):
        return None
    found = object_of(said.tokens[: said.last], said.first)
    text = quoted(said.text, said.tokens, (found.first, found.last + 1)) if found else None
    if not found or not text or found.last != said.last - 1:
        return None
    return f"What was to act or to warn before {lower(text, said.tokens[found.first])} {said.word(said.last)}d?"
