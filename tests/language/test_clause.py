"""Tokens → clauses: who a verb speaks of."""

from __future__ import annotations

import pytest

from coe.language.clause import Clause, clause_at
from coe.language.subject import Kind
from coe.language.token import Token, tokens
from coe.parse.prose import OPAQUE
from coe.text import Span


def words(text: str) -> tuple[Token, ...]:
    return tokens(text, Span(0, len(text)))


def clause(text: str) -> tuple[Clause, str]:
    """Return the clause of the verb between « and », and its subject as written."""
    before, verb, after = text.replace("»", "«").split("«")
    plain = before + verb + after
    found = words(plain)
    at = next(index for index, token in enumerate(found) if token.start == len(before))
    made = clause_at(found, at)
    first, last = made.subject.first, made.subject.last
    return made, plain[found[first].start : found[last].end] if last >= first else ""


def test_contractions_stand_apart_and_places_are_exact() -> None:
    text = "We didn't, can't and shouldn\u2019t've; the users' on-call isn't 2.4.1."
    found = words(text)
    assert [token.word for token in found] == [
        "we", "did", "not", ",", "can", "not", "and", "should", "not", "have", ";", "the", "users", "'s", "on-call", "is",
        "not", "2.4.1", ".",
    ]  # fmt: skip
    assert all(text[token.start : token.end] == token.text for token in found)


def test_names_of_things_handles_and_addresses_are_one_token() -> None:
    text = f"{OPAQUE * 5} failed, @mk and jo.k@example.com saw @babel/core"
    assert [token.word for token in words(text)][:3] == [OPAQUE, "failed", ","]
    assert "@mk" in [token.word for token in words(text)]
    assert "jo.k@example.com" in [token.word for token in words(text)]
    assert "@babel" not in [token.word for token in words(text)]


@pytest.mark.parametrize(
    ("text", "kind", "who"),
    [
        ("The engineer «forgot» it.", Kind.PERSON, "The engineer"),
        ("The server «failed» to start.", Kind.THING, "The server"),
        ("The operator noticed the spike but «failed» to act.", Kind.PERSON, "The operator"),
        ("The operator noticed it, waited and then «ignored» it.", Kind.PERSON, "The operator"),
        ("Engineers discovered that the cluster «failed» to elect a leader.", Kind.THING, "the cluster"),
        ("The cluster that the engineers built «failed» to start.", Kind.THING, "The cluster"),
        ("It looks like one of the engineers «forgot» it.", Kind.PERSON, "one of the engineers"),
        ("Engineer A «forgot» it.", Kind.PERSON, "Engineer A"),
        ("Team 2 «forgot» it.", Kind.TEAM, "Team 2"),
        ("It ran on the host of a colleague who «forgot» it.", Kind.PERSON, "a colleague"),
        ("The engineer who wrote the job «forgot» it.", Kind.PERSON, "The engineer"),
        ("The user whose key was stolen «ignored» it.", Kind.USER, "The user"),
        ("A technician, after a long night, «missed» it.", Kind.PERSON, "A technician"),
        ("A technician (on the late shift) «missed» it.", Kind.PERSON, "A technician"),
        ("The engineer on call «missed» it.", Kind.PERSON, "The engineer on call"),
        ("During the upgrade of the ring the technician «missed» it.", Kind.PERSON, "the technician"),
        ("During the upgrade, we «missed» it.", Kind.WE, "we"),
        ("One of the engineers «missed» it.", Kind.PERSON, "One of the engineers"),
        ("The operator assigned to the shift «missed» it.", Kind.PERSON, "The operator"),
        ("The developer creating the request «missed» it.", Kind.PERSON, "The developer creating the request"),
        ("The engineer's change «failed» to compile.", Kind.THING, "The engineer's change"),
        ("The operator pod «failed» to start.", Kind.THING, "The operator pod"),
        ("The Kubernetes operator «failed» to start.", Kind.THING, "The Kubernetes operator"),
        ("The pod of the operator «failed» to start.", Kind.THING, "The pod of the operator"),
        ("The session manager «failed» to start.", Kind.THING, "The session manager"),
        ("The release manager «missed» it.", Kind.PERSON, "The release manager"),
        ("The data team «missed» it.", Kind.TEAM, "The data team"),
        ("Our hosting provider «missed» it.", Kind.TEAM, "Our hosting provider"),
        ("I «missed» it.", Kind.SELF, "I"),
        ("She «missed» it.", Kind.PERSON, "She"),
        ("Nobody on the team «checked» it.", Kind.NOBODY, "Nobody on the team"),
        ("No one «checked» it.", Kind.NOBODY, "No one"),
        ("None of the engineers «checked» it.", Kind.NOBODY, "None of the engineers"),
        ("They «missed» it.", Kind.THEY, "They"),
        ("It «missed» a beat.", Kind.THING, "It"),
        ("The attacker «ignored» it.", Kind.THING, "The attacker"),
        ("Last week Priya «missed» it.", Kind.NAMED, "Last week Priya"),
        ("@mk «missed» it.", Kind.NAMED, "@mk"),
        ("14:05 «forgot» to page.", Kind.IMPLIED, ""),
        ("«Forgot» to page.", Kind.IMPLIED, ""),
        ("The alarm fired because the data set «missed» rows.", Kind.THING, "the data set"),
        ("While troubleshooting, «forgot» to page.", Kind.IMPLIED, ""),
        ("While troubleshooting «wiped» the volume.", Kind.IMPLIED, ""),
        ("During the rollback, «forgot» the cache.", Kind.IMPLIED, ""),
        ("But «forgot» to page.", Kind.IMPLIED, ""),
        ("Oops, «forgot» to page.", Kind.IMPLIED, ""),
        ("While the proxy was down, «forgot» to page.", Kind.THING, "the proxy"),
        ("Whoever wrote the job «forgot» it.", Kind.PERSON, "Whoever"),
        ("Those of us on the call «forgot» it.", Kind.WE, "Those of us on the call"),
        ("Those responsible for the ring «forgot» it.", Kind.PERSON, "Those responsible for the ring"),
        ("The rest of the team «forgot» it.", Kind.TEAM, "The rest of the team"),
        ("The rest of the rows «missed» it.", Kind.THING, "The rest of the rows"),
        ("The engineer, however, «forgot» it.", Kind.PERSON, "The engineer"),
        ("The engineer \u2014 new to the ring \u2014 «forgot» it.", Kind.PERSON, "The engineer"),
        ("The two engineers who were on shift and had access «forgot» it.", Kind.PERSON, "The two engineers"),
        ("The engineer who wrote the job and who had run it «forgot» it.", Kind.PERSON, "The engineer"),
        ("The person we hired «forgot» it.", Kind.PERSON, "The person"),
        ("The job we wrote «missed» it.", Kind.THING, "The job"),
        ("GitHub «neglected» it.", Kind.PROPER, "GitHub"),
        ("The team that owned the ring «forgot» it.", Kind.TEAM, "The team"),
        ("The team who owns the ring «forgot» it.", Kind.TEAM, "The team"),
        ("The team which had run it since 2015 «forgot» it.", Kind.TEAM, "The team"),
        ("We use a library that «ignored» it.", Kind.THING, "library"),
        ("The server that had been patched by the engineer «failed» to start.", Kind.THING, "The server"),
        ("The engineer who was paged but was asleep «missed» it.", Kind.PERSON, "The engineer"),
        ("Everyone involved «forgot» it.", Kind.PERSON, "Everyone involved"),
        ("The engineers involved in the move «forgot» it.", Kind.PERSON, "The engineers involved in the move"),
        ("On 3 May 2021 an operator «forgot» it.", Kind.PERSON, "an operator"),
        ("An engineer at a site in Springfield, Ill., «cut» the power.", Kind.PERSON, "An engineer at a site in Springfield"),
        ("A technician, not the lead, «forgot» it.", Kind.PERSON, "A technician"),
        ("The engineer shut the ring down after «ignoring» it.", Kind.PERSON, "The engineer"),
        ("After «ignoring» it, the engineer shut the ring down.", Kind.PERSON, "the engineer"),
        ("The engineer shut the ring down, «ignoring» it.", Kind.PERSON, "The engineer"),
        ("The proxy went on, «ignoring» it.", Kind.THING, "The proxy"),
    ],
)
def test_the_subject_of_a_verb(text: str, kind: Kind, who: str) -> None:
    found, written = clause(text)
    assert (found.subject.kind, written) == (kind, who)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The operator did not «forget» it.", {"is_negated", "is_past"}),
        ("The operator can «forget» it.", {"modal"}),
        ("The operator had never «forgotten» it.", {"is_negated", "is_past"}),
        ("The step was «forgotten» by the operator.", {"is_past", "is_passive"}),
        ("It is easy to «forget» it.", {"is_infinitive"}),
        ("The tool asks if the operator «forgets» it.", {"opener"}),
        ("Why did the operator «forget» it?", {"is_past"}),
        ("Nobody «forgot» it.", {"is_negated", "is_past"}),
    ],
)
def test_what_is_said_of_it(text: str, said: set[str]) -> None:
    found, _ = clause(text)
    flags = ("is_negated", "is_past", "is_passive", "is_infinitive", "modal", "opener")
    assert {flag for flag in flags if getattr(found, flag)} == said


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The site was down, and by «failing» to inform anybody, we made it worse.", Kind.WE),
        ("She was merging quickly and «ignoring» the warning.", Kind.PERSON),
        ("10:35 starting the update, but «forgot» the replica.", Kind.IMPLIED),
        ("A former night-shift-engineer «forgot» the key.", Kind.PERSON),
    ],
)
def test_a_gerund_takes_the_subject_of_its_clause(text: str, kind: Kind) -> None:
    assert clause(text)[0].subject.kind is kind
