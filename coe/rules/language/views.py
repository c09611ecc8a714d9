"""Hints about what people saw, knew and were asked for: questions in place of a story that did not happen."""

from __future__ import annotations

from coe.language.clause import clause_at
from coe.language.complement import is_noun_phrase, quoted
from coe.language.conjugation import base_of, known
from coe.language.lexicon import group, open_group
from coe.language.verb import is_auxiliary
from coe.rules.language.deeds import signal
from coe.rules.language.said import Said, is_base, lower

_CAREFUL = frozenset({"careful", "cautious", "care", "caution", "diligent", "vigilant", "attention", "heed"})
_SLOW = frozenset({"slow", "slowly", "late"})


def wish(said: Said) -> str | None:
    """«should have checked the lag» → what would have told them to check the lag."""
    verb = said.last
    if said.word(said.first) in ("if", "had") and said.word(verb) not in open_group("participle"):
        verb += 1  # «if only the engineer had checked»
        while is_auxiliary(said.word(verb)):
            verb += 1
    if said.word(verb - 1) == "been" or said.word(verb) == "been" or group("wish").isdisjoint(said.words()):
        return None
    base = base_of(said.word(verb)) if said.word(verb) in open_group("participle") else None
    if said.word(verb - 1) == "to":
        base = said.word(verb) if is_base(said.word(verb)) else None
    whom, rest = _wished(said, verb), said.rest(verb + 1)
    if base is None or (base in ("be", "have", "do", "know") and said.word(verb + 1) != "that") or whom is None:
        return None
    if "not" in said.words():
        return rest and f"What made it look right to {base}{rest}? Write what was known and aimed at then."
    if base in group("perceiving"):
        return _shown(said, verb, base)
    if rest and not _CAREFUL.isdisjoint(rest.split()):
        return None  # nothing tells people to pay attention
    led = "led" if base in group("telling") else "told"
    return (
        None
        if rest is None
        else f"What would have {led} {whom} to {base}{rest}? Write what was known then, and which signal was not there."
    )


def _wished(said: Said, verb: int) -> str | None:
    """Return whom a wish is about; behind «if only» they stand before its verb."""
    if said.words()[:2] != ("if", "only"):
        return said.whom()
    while is_auxiliary(said.word(verb - 1)):
        verb -= 1
    return said.whom(" ".join(token.text for token in said.tokens[said.first + 2 : verb]))


def _shown(said: Said, verb: int, base: str) -> str | None:
    if said.word(verb + 1) == "that" and base not in ("foresee", "anticipate"):
        return signal(said, verb, "know")
    found, whom = said.object(verb), said.whom()
    return found and whom and f"What would have shown {whom} {found}? Write what the screens and texts showed instead."


def control(said: Said) -> str | None:
    """«should have been caught» → what would have caught it."""
    part = said.word(said.last)
    if said.word(said.last - 1) != "been" or part not in group("controlled"):
        return None
    subject = clause_at(said.tokens, said.last).subject
    it: str | None = None
    if subject.last >= subject.first:
        alone = said.word(subject.first) if subject.first == subject.last else ""
        if alone in ("it", "this", "that"):
            it = "it"
        elif is_noun_phrase(said.tokens, subject.first, subject.last):
            text = quoted(said.text, said.tokens, (subject.first, subject.last + 1))
            it = lower(text, said.tokens[subject.first]) if text else None
    return it and f"Name the control that was not there: what would have {part} {it}, and at which moment?"


def belief(said: Said) -> str | None:
    """«wrongly assumed that the limit was per tenant» → «We assumed that the limit was per tenant, as …»."""
    word, who = said.word(said.last), said.who()
    if said.last == said.first or word not in group("belief", "past") or said.word(said.last - 1) not in open_group("adverb"):
        return None
    rest = said.rest(said.last + 1)
    return who and rest and f"Leave the judging word out, and add what showed it so: “{who} {word}{rest}, as …”."


def pace(said: Said) -> str | None:
    """«was rushed» → what set the pace."""
    if group("hurry").isdisjoint(said.words()):
        return None
    return "Which deadline, load or waiting customer set the pace? Write the time that there was, and the time that it takes."


def refusal(said: Said) -> str | None:
    """«chose not to escalate» → what made it look right not to escalate."""
    to = next((at for at in range(said.first, said.last + 2) if said.word(at) == "to"), None)
    refused = not group("refusal").isdisjoint(said.words())
    if to is None or not refused:
        return None
    base = said.word(to + 1)
    rest = said.rest(to + 2) if is_base(base) else None
    return None if rest is None else f"What made it look right not to {base}{rest}? Write what was known and aimed at then."


def duration(said: Said) -> str | None:
    """«took too long» → where the time went."""
    words = said.words()
    slow = (("took" in words or "taken" in words or "taking" in words) and "long" in words) or not {
        "slow",
        "slowly",
        "late",
    }.isdisjoint(words)
    return "Where did the time go? Write the steps with their times, and what each of them waited for." if slow else None


def nobody(said: Said) -> str | None:
    """«Nobody checked the backups» → what would have prompted somebody to."""
    base = base_of(said.word(said.last)) if said.word(said.last) in open_group("past") else None
    if said.word(said.first) == "never":
        base = said.word(said.last) if said.word(said.last) in known() else base
        whom = said.whom()
    else:
        whom = "somebody" if said.word(said.first) in ("nobody", "no one", "no-one", "noone") else None
    verb = said.last
    if said.word(verb) in ("bothered", "cared", "tried", "thought") and said.word(verb + 1) == "to":
        verb += 2
        base = said.word(verb) if is_base(said.word(verb)) else None
    rest = said.rest(verb + 1, until=group("stretch"))
    if base is None or whom is None or rest is None or base in group("perceiving") | {"care", "bother", "think"}:
        return None
    return f"What would have prompted {whom} to {base}{rest}? Write since when, and how often, it was so."


def how_to(said: Said) -> str | None:
    """«did not know how to restore» → where one could have found how to restore."""
    how, whom = next(said.places("how"), None), said.whom()
    if how is None or said.word(how + 1) != "to":
        return None
    rest = said.rest(how + 1)
    return whom and rest and f"Where could {whom} have found how{rest}? Write what that page or screen said."


def topic(said: Said) -> str | None:
    """«poor understanding of the lock manager» → where people could have read about it."""
    at = said.last if said.word(said.last) in ("of", "on", "with", "about") else said.last + 1
    about = said.phrase(at + 1) if said.word(at) in ("of", "on", "with", "about") else None
    return about and f"Where could people have read about {about}? Name the runbook, message or screen that did not tell it."


def care(said: Said) -> str | None:
    """«be more careful with DNS records» → what would make a slip with DNS records harmless."""
    attentive = not {"attention", "heed"}.isdisjoint(said.words())
    for at in range(said.first, said.last + 6):
        if attentive and said.word(at) == "to" and at >= said.last and (about := said.phrase(at + 1)):
            return f"What will stop or warn when nobody looks at {about}? Write that change."
        careful = said.word(at) in _CAREFUL and said.word(at + 1) in ("with", "about")
        if careful and (about := said.phrase(at + 2)):
            return f"What would make a slip with {about} impossible, or visible before it does harm? Write that change."
    return None


def reminder(said: Said) -> str | None:
    """«remind everyone to read the runbook» → which step could ask for it."""
    if said.word(said.last) != "to" or not any(word.startswith("remind") for word in said.words()):
        return None
    base = said.word(said.last + 1)
    rest = said.rest(said.last + 2) if is_base(base) else None
    return rest and f"Which tool or step could ask for it at the right moment, instead of a reminder to {base}{rest}?"


def watch(said: Said) -> str | None:
    """«check the target more carefully» → what could check the target each time."""
    verb = next((at for at in range(said.first, said.last + 1) if said.word(at) in group("probing")), None)
    found = said.object(verb) if verb is not None else None
    return found and f"What could {said.word(verb or 0)} {found} each time, without anybody's attention? Write that change."


def recall(said: Said) -> str | None:
    """«must not forget to renew the domain» → what will renew the domain, or warn in time."""
    to = said.last if said.word(said.last) == "to" else said.last + 1
    if {"forget", "remember"}.isdisjoint(said.words()) or said.word(to) != "to" or not is_base(said.word(to + 1)):
        return None
    rest = said.rest(to + 2)
    return rest and f"What will {said.word(to + 1)}{rest}, or warn in time, when nobody thinks of it? Write that change."


def during(said: Said) -> str | None:
    """«human error during the replacement» → «During the replacement, the tool allowed …»."""
    what = said.phrase(said.last + 2) if said.word(said.last + 1) == "during" else None
    return what and f"Begin with what was going on: “During {what}, the tool allowed … and showed …”."
