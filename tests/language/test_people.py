"""Who in a sentence is a person: people of a list, of the document, and words that only look like names."""

from __future__ import annotations

import pytest

from coe.language.alias import people
from coe.language.house import House
from coe.language.people import People
from coe.language.person import Person, parts
from coe.language.prose import Prose
from coe.language.role import stead_of
from coe.parse.document import parse
from coe.read import Source
from coe.rules.language.by_role import role_fix

ON_CALL = {"role": "On-call engineer", "reference": "role:on-call-engineer", "is_listed": True}
LISTED = (
    Person(("Anna Kern",), ("akern",), ("anna.kern@example.com",), **ON_CALL),
    Person(("Will Chase",), ("ops",), role="Database Administrator", is_listed=True),
    Person(("José Niño-Ruiz", "Xanthe van der Berg", "Iris Voss"), role="SRE", is_listed=True),
    Person(("Leroy Jenkins",), is_listed=True),
    Person(("Grace Ruby",), ("gr4ce",), is_listed=True),
    Person(("Bill Oduya",)),  # in the history only
)
HOUSE = people(LISTED, frozenset({"payments", "Otto"}), frozenset({"Kern Proxy", "Hugo"}))


def prose(text: str, known: People = HOUSE) -> Prose:
    return Prose(parse(Source("notes.md", text)), None, House(people=known, roles_only=True))


def found(text: str, known: People = HOUSE) -> list[str]:
    return [text[one.span.start : one.span.end] for one in prose(text, known).everybody()]


def blamed(text: str, known: People = HOUSE) -> list[str]:
    return [reading.category for reading in prose(text, known).readings]


def mended(text: str) -> list[str | None]:
    steads = (stead_of(one) for one in prose(text).everybody())
    return [text[: one.span.start] + one.text + text[one.span.end :] if one else None for one in steads]


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("Kern, Anna", {("anna", "kern")}),
        ("Dr. Anna M. Kern (contractor)", {("anna", "m", ".", "kern"), ("anna", "kern")}),
        ("Anna-Lena O\u2019Brien", {("anna-lena", "o", "brien"), ("anna-lena", "brien")}),
        ("李 明", {("李", "明")}),
        ("--", set()),
    ],
)
def test_a_name_is_known_in_each_way_it_is_written(name: str, ways: set[tuple[str, ...]]) -> None:
    assert set(parts(name)) == ways


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Then Anna Kern restarted it.", ["Anna Kern"]),
        ("Then ANNA KERN and Kern's script ran.", ["ANNA KERN", "Kern"]),
        ("Paged Anna\nKern at 14:02.", ["Anna\nKern"]),
        ("It was @akern or anna.kern@example.com.", ["@akern", "anna.kern@example.com"]),
        ("At 14:02 akern restarted it.", ["akern"]),
        ("José Niño-Ruiz and Jose Nino-Ruiz saw it.", ["José Niño-Ruiz", "Jose Nino-Ruiz"]),
        ("Jose\u0301 Nin\u0303o-Ruiz saw it.", ["Jose\u0301 Nin\u0303o-Ruiz"]),
        ("Xanthe van der Berg paged van der Berg's deputy.", ["Xanthe van der Berg", "van der Berg"]),
        ("Will Chase said so, and Leroy Jenkins too.", ["Will Chase", "Leroy Jenkins"]),
        ("At 14:02 Will restarted the pod, as Jenkins told us.", ["Will", "Jenkins"]),
        ("Thanks to Grace we noticed.", ["Grace"]),
        ("Thanks to Anna Kern and Will for the fix.", ["Anna Kern", "Will"]),
        ("Then Bill Oduya and Oduya decided.", ["Bill Oduya", "Oduya"]),
        ("Sarah Miller noticed; Anna-Lena did not.", ["Sarah Miller", "Anna-Lena"]),
        ("Anna Kern/Will Chase restarted it with Tom/Sarah.", ["Anna Kern", "Will Chase", "Tom", "Sarah"]),
        ("Contact Anna, as anna wrote.", ["Anna"]),
        ("@lena declared; mail jo@example.com.", ["@lena", "jo@example.com"]),
    ],
)
def test_people(text: str, who: list[str]) -> None:
    assert found(text) == who


@pytest.mark.parametrize(
    "text",
    [
        "Will failed jobs start again? They will. Will the rest?",
        "Mark failed hosts as drained, bill them later, and chase the rest. Chase each of them.",
        "Bill deferred charges. Grace periods ended. Ruby raised an error.",
        "Jenkins failed, Jenkins restarted, and a Jenkins job was stuck.",
        "The Kern Proxy failed; Hugo built the site; Otto and @payments acknowledged.",
        "We will chase the vendor, as anna kern is no name in small letters.",
        "N. Virginia and San Jose failed on 12 Jan 2025.",
        "Ops forgot nothing; mail support@example.com or ask @on-call, `@akern` and @Override.",
        'The `Anna Kern` flag and "Anna Kern said so" are no prose.',
    ],
)
def test_what_only_looks_like_people(text: str) -> None:
    assert found(text) == []


def test_a_word_that_the_document_writes_small_is_no_name() -> None:
    listed = people((Person(("Maria Gateway",), is_listed=True),))
    assert found("Gateway answered late.", listed) == ["Gateway"]
    assert found("Gateway answered late. The gateway was full.", listed) == []
    assert found("Maria Gateway answered. The gateway was full.", listed) == ["Maria Gateway"]


def test_a_family_name_of_the_history_that_is_a_word_of_the_document_needs_a_human_act() -> None:
    history = people((Person(("Maria Gateway",)),))
    assert found("Then Gateway restarted it.", history) == ["Gateway"]
    assert found("Then Gateway restarted the gateway.", history) == []
    assert found("Then Gateway told us of the gateway.", history) == ["Gateway"]


def test_what_a_field_as_a_whole_names() -> None:
    for text in ("Anna Kern", "Kern, Anna", "@akern", "akern", "anna.kern@example.com", "Anna"):
        person = HOUSE.known(text)
        assert person is not None, text
        assert person.reference == "role:on-call-engineer"
    for text in ("role:akern", "payments", "Otto", "hugo", "oduya", "Anna Kern and others", "", "--", "\U0001f600"):
        assert HOUSE.known(text) is None, text


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Will Chase forgot the key.", ["named-person"]),
        ("At 14:02 Will ignored the alarm.", ["named-person"]),
        ("The outage was caused by José Niño-Ruiz.", ["named-person"]),
        ("Kern's typo took the site down.", ["named-person"]),
        ("Hugo ignored the setting.", []),
        ("The Kern Proxy ignored the setting.", []),
        ("Jenkins ignored the setting.", []),
        ("@payments ignored the ticket.", ["team-blame"]),
        ("Otto ignored the ticket.", ["team-blame"]),
        ("Anna Kern noticed the spike and rolled back.", []),
    ],
)
def test_blame(text: str, category: list[str]) -> None:
    assert blamed(text) == category


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Attendees: Xanthippe Zorn, Hesperia", "Zorn"),
        ("## Attendees\n\n- Xanthippe Zorn\n- Hesperia", "Hesperia"),
        ("| Role | Who |\n| --- | --- |\n| Scribe | Xanthippe Zorn |", "Xanthippe"),
        ("At 14:02 Xanthippe Zorn (SRE) joined.", "Zorn"),
        ("At 14:02 Anna Zorn (AZ) joined.", "AZ"),
        ("At 14:02 Xanthippe Zorn (@xz-9) joined.", "xz-9"),
    ],
)
def test_people_are_learned_from_the_document(head: str, name: str) -> None:
    assert blamed(f"{name} ignored the alarm.\n", People()) in ([], ["team-blame"])
    assert blamed(f"{head}\n\n{name} ignored the alarm.\n", People()) == ["named-person"]


@pytest.mark.parametrize(
    "text",
    [
        "The Availability Zone (AZ) failed. AZ ignored the drain.",
        "The Payment Gateway (engineers own it) was slow. The gateway failed.\n\nGateway ignored the drain.",
        "Anna Zorn (AZ) joined. An AZ was lost, and the AZ ignored the drain.",
    ],
)
def test_what_stands_in_brackets_makes_few_people(text: str) -> None:
    assert "named-person" not in blamed(text, People())


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("Anna Kern restarted it.", "The on-call engineer restarted it."),
        ("Then Anna Kern restarted it.", "Then the on-call engineer restarted it."),
        ("It was Anna\u2019s typo.", "It was the on-call engineer\u2019s typo."),
        ("We asked @akern.", "We asked the on-call engineer."),
        ("- 14:02 @akern declares the incident.", "- 14:02 the on-call engineer declares the incident."),
        ("The pod fell. Will Chase decided.", "The pod fell. The database administrator decided."),
        ("Iris Voss' change", "The SRE's change"),
        ("Scribe: Anna Kern", "Scribe: On-call engineer"),
    ],
)
def test_the_role_for_a_name(text: str, new: str) -> None:
    assert mended(text) == [new]


def test_what_stands_in_brackets_behind_a_name_goes_with_it() -> None:
    for aside in ("AK", "@akern", "anna.kern@example.com"):
        assert mended(f"Anna Kern ({aside}) restarted it.")[0] == "The on-call engineer restarted it."
    assert mended("Anna Kern (on shift) restarted it.") == ["The on-call engineer (on shift) restarted it."]


@pytest.mark.parametrize(
    "text",
    [
        "The engineer Anna Kern restarted it.",
        "An exhausted Anna Kern restarted it.",
        "The Kern patch was late.",
        "Then Kern branch builds failed.",
        "Anna Kern, the engineer on call, restarted it.",
        "Anna Smith restarted it.",
        "Leroy Jenkins restarted it.",
    ],
)
def test_no_role_where_it_would_not_fit(text: str) -> None:
    assert mended(text) == [None]


def test_two_people_of_one_role_stay_two() -> None:
    two = people((Person(("Anna Kern",), **ON_CALL), Person(("Xanthe Berg",), **ON_CALL)))
    steads = [stead_of(one) for one in prose("Anna Kern paged Xanthe Berg.", two).everybody()]
    assert steads == [None, None]


def test_a_given_name_of_two_people_has_no_role_unless_both_have_it() -> None:
    other = Person(("Anna Smith",), role="Scribe", is_listed=True)
    both = people((LISTED[0], other))
    assert [one.mention.person.role for one in prose("Then Anna left.", both).everybody() if one.mention.person] == [""]
    same = people((LISTED[0], Person(("Anna Smith",), **ON_CALL)))
    assert [stead is not None for stead in map(stead_of, prose("Then Anna left.", same).everybody())] == [True]


@pytest.mark.parametrize("role", ["Reviewers", "Owner: `x`", "a|b", ""])
def test_a_role_that_does_not_fit_into_text_is_not_written(role: str) -> None:
    known = people((Person(("Anna Kern",), role=role, is_listed=True),))
    assert [stead_of(one) for one in prose("Anna Kern left.", known).everybody()] == [None]


@pytest.mark.parametrize(
    "text", ["**Anna** Kern left.", "Anna Kern ([@akern](https://example.com)) left.", "_Anna_ Kern left."]
)
def test_half_a_pair_of_marks_is_never_left(text: str) -> None:
    fixes = [role_fix((one,), text) for one in prose(text).everybody()]
    assert fixes[0] is None


def test_linked_and_bold_names_are_mended_inside_their_marks() -> None:
    text = "Then **Anna Kern** left."
    fix = role_fix(prose(text).everybody(), text)
    assert fix is not None
    assert [(text[edit.span.start : edit.span.end], edit.text) for edit in fix.edits] == [("Anna Kern", "the on-call engineer")]
