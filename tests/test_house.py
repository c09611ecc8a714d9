"""House language: phrases and accepted terms of a repository."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from test_cli_check import coe

from coe.check import Selection, active_rules, check
from coe.config import Config, Repository
from coe.corpus import Corpus, analyse
from coe.language.pattern import PatternError, variants
from coe.read import Source


def config(*phrases: str, accept: str = "[]", more: str = "") -> Config:
    text = "".join(f"[[lint.phrase]]\npattern = '''{pattern}'''\nmessage = 'no'\n{more}\n" for pattern in phrases)
    return Config.model_validate(tomllib.loads(f"[lint]\naccept = {accept}\n{text}"))


def found(text: str, *phrases: str, accept: str = "[]", more: str = "") -> list[tuple[str, str]]:
    repository = Repository(Path("/r"), config(*phrases, accept=accept, more=more))
    analysis = analyse(Source("notes.md", text), repository)
    rules = active_rules(repository.config, Selection(frozenset({"language", "allowance"})))
    said = check(Corpus(repository, (analysis,)), [analysis], rules)
    return [(one.rule, text[one.span.start : one.span.end]) for one in said]


def words(text: str, *phrases: str, more: str = "") -> list[str]:
    return [part for rule, part in found(text, *phrases, more=more) if rule == "house-phrase"]


@pytest.mark.parametrize(
    ("pattern", "text", "marked"),
    [
        ("war room", "The War\nRoom, a *war* room, a war-room and a warroom.", ["War\nRoom", "war* room"]),
        ("war room|rooms", "War rooms and a war room.", ["War rooms", "war room"]),
        ("[forget]", "Forget it: forgetting what was forgotten.", ["Forget", "forgetting", "forgotten"]),
        ("[be] late", "It is late, they were late, being late.", ["is late", "were late", "being late"]),
        (
            "single? point of failure",
            "A single point of failure, a point of failure.",
            ["single point of failure", "point of failure"],
        ),
        ("war rooms?", "A war, and war rooms.", ["war", "war rooms"]),
        (
            "drop ... ball",
            "To drop the big red ball, to drop, the ball, to drop a very big red ball.",
            ["drop the big red ball"],
        ),
        ("don't care", "We don\u2019t care and do not care.", ["don\u2019t care", "do not care"]),
        ("won't fix", "It won't fix it.", ["won't fix"]),
        ("should've", "It should've been.", ["should've"]),
        ("no one cares", "But no one cares.", ["no one cares"]),
        ("war_room|bunker", "A bunker, a war room, a room.", ["bunker", "war room"]),
        ("24/7", "People work 24/7 here.", ["24/7"]),
        ("<person> fault", "The engineer fault and the proxy fault.", ["engineer fault"]),
        ("team's fault", "The team's fault.", ["team's fault"]),
        ("caf\u00e9", "The CAF\u00c9 is closed.", ["CAF\u00c9"]),
        ("root cause: human", "Root cause: human.", ["Root cause: human"]),
        ("war war", "war war war war war", ["war war", "war war"]),
    ],
)
def test_patterns(pattern: str, text: str, marked: list[str]) -> None:
    assert words(text, pattern) == marked


@pytest.mark.parametrize(
    "text",
    [
        "`war room` and ``war room``.",
        'They call it "war room".',
        "> The war room.",
        '[page](https://example.com/war-room "war room").',
        "```\nwar room\n```\n",
        "<!-- war room -->",
        "War. Room.",
        "war\n\nroom",
        "Die Schicht war im war room und hat das nicht bemerkt.",
    ],
)
def test_where_no_phrase_is(text: str) -> None:
    assert words(text, "war room") == []


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("The on-call dropped the ball.", True),
        ("The on-call saw it and dropped the ball.", True),
        ("They have dropped the ball.", True),
        ("14:05 dropped the ball.", True),
        ("The load balancer dropped the ball.", False),
        ("Engineers saw that the proxy dropped the ball.", False),
    ],
)
def test_people_as_the_subject(text: str, counts: bool) -> None:
    assert bool(words(text, "[drop] the ball", more='subject = "people"')) is counts


def test_people_as_the_subject_of_the_verb_around() -> None:
    said = "The engineers opened a war room. The bot opened a war room. A war room was there."
    assert words(said, "war room", more='subject = "people"') == ["war room"]


def test_all_phrases_of_a_sentence_are_told_and_hide_nothing() -> None:
    said = "In the war room the engineer forgot to page, so the war room dropped the ball."
    assert found(said, "war room", "[drop] the ball", "room the engineer") == [
        ("house-phrase", "war room"),
        ("house-phrase", "room the engineer"),
        ("negligence", "forgot to page"),
        ("house-phrase", "war room"),
        ("house-phrase", "dropped the ball"),
    ]


def test_front_matter_has_its_places() -> None:
    text = "---\na: >-\n  The war\n  room.\nb: 'It didn''t go to the war room.'\nc: &x \"A war room.\"\nd: *x\n---\n"
    assert words(text, "war room") == ["war\n  room", "war room", "war room"]


def test_allowances() -> None:
    text = "<!-- coe: allow house-phrase: its name -->\n\nThe war room.\n\nThe war room.\n"
    assert words(text, "war room") == ["war room"]
    assert found(text.partition("\n\nThe")[0] + "\n\nThe tech call.\n", "war room")[0][0] == "unused-allowance"


@pytest.mark.parametrize(
    ("pattern", "said", "help_text"),
    [
        (" ", "there is no word in it", "such as `war room`"),
        ("...", "stands at its edge", "between two words"),
        ("war ...", "stands at its edge", "between two words"),
        ("war? room?", "no word in it is certain", "without `?`"),
        ("<adverb>", "no word in it is certain", "without `?`"),
        (",", "no word in it is certain", "without `?`"),
        ("<persn>", "there is no group `<persn>`", "`<person>`"),
        ("<moon> x", "there is no group `<moon>`", "`<team>`"),
        ("[forget", "do not go in pairs", "`[forget]`"),
        ("forget]", "do not go in pairs", "`[forget]`"),
        ("[forgot]", "is no base form", "`[forget]`"),
        ("[two words]", "cannot be read", "plain words"),
        ("(war|bunker) room", "cannot be read", "plain words"),
        ("a||b", "a word is missing", "`one|two`"),
        ("wa*", "cannot be read", "plain words"),
        ("a .... b", "is no gap", "`...`"),
        ("x " * 21, "more than 20 parts", "shorter"),
        (" ".join(["a|b_c"] * 7), "too many phrases", "two phrases"),
    ],
)
def test_patterns_that_cannot_be_read(pattern: str, said: str, help_text: str) -> None:
    with pytest.raises(PatternError, match=r".") as caught:
        variants(pattern)
    assert said in str(caught.value)
    assert help_text in caught.value.help


def test_the_rarest_word_gives_a_pattern_away() -> None:
    assert [sorted(one.keys) for one in variants("in the ... bunker of the war room")] == [["bunker"]]
    assert sorted(variants("not only? <adverb> careless|reckless of the <person>")[0].keys) == ["careless", "reckless"]


def test_a_pattern_that_cannot_be_read_ends_the_run(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Text.\n")
    (tmp_path / "coe.toml").write_text(
        '[[lint.phrase]]\npattern = "war room"\nmessage = "x"\n\n[[lint.phrase]]\nmessage = "y"\npattern = "\\u001b[31m"\n'
    )
    run = coe("lint", "a.md", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert (
        "coe.toml:7: lint.phrase[1].pattern: `\\u001b[31m`: `[` and `]` do not go in pairs\n  help: Write a verb" in run.stderr
    )
    assert "\x1b" not in run.stderr


def test_what_the_reader_of_a_terminal_sees(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("The war room.\n")
    (tmp_path / "coe.toml").write_text(
        '[[lint.phrase]]\npattern = "war room"\nmessage = "a \\u001b[31mterm\\nof war"\n'
        'suggestion = "Write “call”."\nseverity = "note"\n'
    )
    run = coe("lint", "a.md", cwd=tmp_path)
    assert run.returncode == 0, "a note alone does not fail"
    assert "note[house-phrase] “war room”: a \\u001b[31mterm of war\n --> a.md:1:5" in run.stdout
    assert "help: Write “call”." in run.stdout
    assert "\x1b" not in run.stdout


ACCEPT = '["Human Error View", "careless-cache", "Blame View", "C++ nobody checked", ".sloppy", "v2 war room", "human-error"]'


@pytest.mark.parametrize(
    "text",
    [
        "It is caused by the Human Error View.",
        "It is caused by the HUMAN **error**\nView.",
        "It was a careless-cache.",
        "We saw that C++ nobody checked the backups.",
        "It was a .sloppy change.",
        "See the v2 War\nRoom, the *v2* war room.",
    ],
)
def test_accepted_terms_are_names_of_things(text: str) -> None:
    assert found(text, "war room|cache", "careless-cache", accept=ACCEPT) == []
    assert found(text, "war room|cache", "careless-cache") != []


def test_accepted_terms_hide_nothing_else() -> None:
    assert found("A human error in the human-error board.", accept=ACCEPT) == [("human-error", "human error")]
    assert found("The war room of v2.", "war room", accept=ACCEPT) == [("house-phrase", "war room")]
    assert found("The engineer forgot Blame View.", accept=ACCEPT) == [("negligence", "forgot")]
    assert found("The engineer forgot Blame\n\nView slips.", accept=ACCEPT) == [("negligence", "forgot")]
