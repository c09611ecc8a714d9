"""COEs are similar for reasons that can be told, in work that grows with their number and not with their pairs."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from pathlib import Path

import pytest
from test_cli_check import coe as run

from coe.config import find
from coe.corpus import collect
from coe.insight.likeness import Known, Likeness
from coe.insight.similar import Similarity, because
from coe.insight.traits import Trait, traits
from coe.model.coe import Coe
from coe.site.alike import dumped, loaded

EXAMPLES = Path(__file__).parents[1] / "examples"
WAF, BOTS = "2019-07-02-cloudflare-waf-regex", "2025-11-18-cloudflare-bot-management"


def coe(number: int, **fields: object) -> Coe:
    head = {
        "id": f"{2000 + number // 300}-01-{number % 28 + 1:02}-event-{number:05}", "title": "Errors in one region",
        "kind": "incident", "status": "published", "severity": "SEV2", "owner_team": "payments",
    }  # fmt: skip
    return Coe.model_validate({**head, **fields})


def pool(number: int, service: str) -> Coe:
    return coe(
        number,
        title=f"Checkout errors: quasar pool exhausted ({number})",
        services=({"id": service},),
        trigger={"type": "deployment"},
        mitigation=({"type": "rollback", "outcome": "effective"},),
        root_causes=({"id": "C1", "category": "process", "statement": "The quasar has no bound."},),
        tags=("connection-pool",),
    )


@pytest.fixture(scope="module")
def examples() -> dict[str, Coe]:
    corpus = collect(find(EXAMPLES), EXAMPLES)
    return {name: one.coe for name, one in corpus.coes.items() if one.coe}


def rest(count: int) -> list[Coe]:
    """Return COEs that share little: each its own service, two of the kinds of triggers."""
    return [
        coe(n, services=({"id": f"s{n}"},), trigger={"type": "data" if n % 2 else "traffic"}) for n in range(100, 100 + count)
    ]


def test_two_events_of_one_kind_find_each_other_and_say_why(examples: dict[str, Coe]) -> None:
    first = Similarity(examples.values()).of(WAF)[0]
    assert first.id == BOTS
    told = because(first.shared, {"service": {"cloudflare-cdn": "The CDN"}})
    assert told.startswith("same service The CDN; detection and process causes in both; both tagged ")
    assert "both mitigated by rollback" in told


def test_nothing_is_similar_by_an_overlap(examples: dict[str, Coe]) -> None:
    similarity = Similarity([*rest(60), coe(1, tags=("rare",)), coe(2, tags=("rare",))])
    assert similarity.of(coe(1).id) == (), "one kind of trait, however rare, is an overlap"
    assert similarity.of(coe(100).id) == (), "what half of all share tells nothing"
    known = Similarity(examples.values())
    assert all(one.score >= known.least for name in examples for one in known.of(name))


def test_words_alone_are_no_likeness() -> None:
    said = [coe(n, title=f"Flamingo heron pelican stork errors {n}") for n in (1, 2)]
    assert Similarity([*rest(60), *said]).of(said[0].id) == ()


def test_what_is_rare_counts_more() -> None:
    many = rest(60)
    common = [coe(n, services=({"id": "edge"},), trigger={"type": "attack"}, tags=("slow",)) for n in range(10, 30)]
    found = Similarity([*many, *common, pool(1, "a"), pool(2, "b")]).of(pool(1, "a").id)
    assert [one.id for one in found] == [pool(2, "b").id]
    scores = Similarity([*many, *common])
    assert scores.worth(Trait("trigger", "attack")) > scores.worth(Trait("trigger", "data")) > 0
    assert scores.worth(Trait("service", "s100")) == 0, "what one COE alone has is shared with nobody"


def test_likeness_goes_both_ways_and_does_not_depend_on_the_order(examples: dict[str, Coe]) -> None:
    similarity, turned = Similarity(examples.values()), Similarity(reversed(list(examples.values())))
    for name in examples:
        assert similarity.of(name, most=99) == turned.of(name, most=99)
        for one in similarity.of(name, most=99):
            assert next(back for back in similarity.of(one.id, most=99) if back.id == name).shared == one.shared


def test_the_work_for_one_coe_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of COEs that all share their traits, each looks at as many others in four hundred as in a hundred."""
    looked: list[int] = []
    near = Similarity._near

    def counted(self: Similarity, key: tuple[str, ...], here: int) -> list[int]:
        looked.append(len(found := near(self, key, here)))
        return found

    monkeypatch.setattr(Similarity, "_near", counted)
    work = []
    for count in (200, 800):
        alike = [pool(n, "a") for n in range(count)]
        similarity = Similarity([*alike, *(coe(n, services=({"id": f"s{n}"},)) for n in range(5000, 5000 + count))])
        looked.clear()
        for one in alike:
            similarity.of(one.id)
        work.append(sum(looked) / count)
    assert work[1] <= work[0] * 1.05


def test_what_is_unknown_is_no_trait() -> None:
    found = traits(coe(1, detection={"method": "unknown"}, trigger={"type": "none"}, title="DNS errors for users in the EU"))
    assert found == {Trait("word", "dns")}
    failed = coe(1, mitigation=({"type": "restart", "outcome": "ineffective"},), title="Errors about users")
    assert traits(failed) == frozenset()


def test_a_coe_that_is_not_there_has_no_like() -> None:
    assert Similarity([]).of("2026-01-01-x") == ()
    assert Similarity([coe(1)]).of(coe(1).id) == ()


def test_every_kind_of_trait_has_words() -> None:
    shared = (
        Trait("trigger", "attack"), Trait("cause", "human_factors"), Trait("tenet", "t"), Trait("mitigation", "load_shed"),
        Trait("detection", "canary"), Trait("word", "quasar"), Trait("word", "pulsar"),
    )  # fmt: skip
    assert because(shared) == (
        "both set off by an attack; human factors cause in both; both speak for the tenet t; both mitigated by load shed; "
        "both detected by a canary; both say \u201cquasar\u201d and \u201cpulsar\u201d"
    )


def test_the_command_says_it_in_words_and_as_json() -> None:
    text = run("similar", WAF, cwd=EXAMPLES).stdout
    assert text.splitlines()[0].startswith(f"{BOTS}  SEV1  HTTP 5xx")
    assert "same service Cloudflare CDN" in text
    data = json.loads(run("similar", WAF, "--format", "json", "--limit", "1", cwd=EXAMPLES).stdout)
    assert (data["version"], data["id"], len(data["similar"])) == (1, WAF, 1)
    assert set(data["similar"][0]) == {"id", "title", "severity", "bits", "because", "shared"}
    assert data["similar"][0]["shared"][0] == {"kind": "service", "value": "cloudflare-cdn"}


def test_the_command_names_what_it_cannot_read(tmp_path: Path) -> None:
    assert "catalog.yaml is no COE" in run("similar", "catalog.yaml", cwd=EXAMPLES).stderr
    assert "is no file" in run("similar", "nowhere", cwd=EXAMPLES).stderr
    (tmp_path / "coe.toml").write_text("")
    (tmp_path / "coes").mkdir()
    (tmp_path / "coes/2026-01-01-x.md").write_text("---\nid: [\n---\n")
    ended = run("similar", "coes/2026-01-01-x.md", cwd=tmp_path)
    assert ended.returncode == 2
    assert "cannot be read as a COE" in ended.stderr


def test_what_was_known_before_gives_the_answers_of_a_first_look() -> None:
    rng = random.Random(4)  # noqa: S311 (the same COEs in every run)
    words = [f"quasar{number}" for number in range(90)]

    def title() -> str:
        return f"Checkout errors: {rng.choice(words)} {rng.choice(words)} full"

    def some(number: int) -> Coe:
        service = rng.randrange(30)
        return coe(
            number,
            title=title(),
            services=({"id": f"s{service}"},),
            trigger={"type": rng.choice(["deployment", "data", "traffic"])},
            tags=(f"tag-{rng.choice([service, rng.randrange(30)])}",),
        )

    def name(one: Coe) -> str:
        return str(hash(one.model_dump_json()))

    coes = {number: some(number) for number in range(150)}
    before: Mapping[str, Known] = {}
    kept = found = 0
    for step in range(30):
        likeness = Likeness([(one, name(one)) for one in coes.values()], before)
        fresh = Similarity(coes.values())
        assert all(likeness.of(one.id) == fresh.of(one.id) for one in coes.values()), step
        kept += len(likeness._same)
        before = loaded(dumped(likeness.known())) if step % 2 else likeness.known()
        found += sum(bool(one.alike) for one in before.values())
        number = rng.choice([*coes])
        coes[number] = coes[number].model_copy(update={"title": title()})
        if step % 3 == 2:
            number = rng.randrange(150, 400)
            coes[number] = some(number)
        if step % 5 == 4:
            del coes[rng.choice([*coes])]
    assert found > 30 * 30, "many have their like"
    assert kept > 30 * 50, "many answers hold"


def test_the_first_coes_of_a_repository_have_nothing_known_before() -> None:
    assert Likeness([(coe(1), "a"), (coe(2), "b")]).of(coe(1).id) == ()
    known = Likeness([(coe(1), "a")]).known()
    assert Likeness([(coe(1), "a"), (coe(2), "b")], known).of(coe(1).id) == ()
    assert Likeness([], known).known() == {}


def test_two_coes_of_which_nothing_was_known_are_compared(examples: dict[str, Coe]) -> None:
    first, other = list(examples.values())[:2]
    other = other.model_copy(update={"services": first.services})
    likeness = Likeness([(first, "a"), (other, "b")], {})
    assert likeness.of(first.id) == Similarity([first, other]).of(first.id)
