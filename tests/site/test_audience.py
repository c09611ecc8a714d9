"""Who gets to read what: an allow-list of fields, the setting and the option, and the ties between documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import Field

from coe.config import find
from coe.corpus import collect
from coe.errors import CoeError
from coe.model.coe import Coe
from coe.model.organization import Catalog, Minutes, Program, Tenet
from coe.model.scalars import Noun, Text
from coe.model.validate import model_at
from coe.site.allowed import ALLOWED, public_noun
from coe.site.publication import Publication
from tests.site.conftest import coe, coe_text, small_files, write

OUT = {
    "Coe": "created authors reviewers facilitator incident_roles incident_refs engagement",
    "Scope": "zones cells environments",
    "Impact": "slo financial support_contacts",
    "Detection": "source",
    "Event": "actor evidence source",
    "Trigger": "ref",
    "Cause": "accepted_risk",
    "Why": "evidence",
    "Observation": "evidence",
    "Lesson": "accepted_risk",
    "ActionItem": "owner verification extensions reason tracker",
    "Adoption": "evidence",
    "Catalog": "roles people",
    "Team": "description channel",
    "Service": "tier description",
}
"""The fields that the public does not get to read, written down a second time: a change of either side is a decision."""
NEVER = {
    "IncidentReference", "IncidentRoles", "Engagement", "TechCall", "SloBudget", "Money", "SystemReference", "Verification",
    "Extension", "Role", "Person", "Minutes", "Reviewed", "Decision", "Wheel",
}  # fmt: skip
"""The kinds of nouns of which nothing is for the public."""


def kinds(start: type[Noun], seen: set[type[Noun]]) -> Iterator[type[Noun]]:
    if start in seen:
        return
    seen.add(start)
    yield start
    for info in start.model_fields.values():
        inner = model_at(info.annotation)
        if inner and issubclass(inner, Noun):
            yield from kinds(inner, seen)


def test_every_field_of_the_model_is_either_for_the_public_or_known_not_to_be() -> None:
    seen: set[type[Noun]] = set()
    for kind in [kind for noun in (Coe, Tenet, Program, Minutes, Catalog) for kind in kinds(noun, seen)]:
        if kind.__name__ in NEVER:
            assert kind not in ALLOWED
            continue
        out = set(OUT.get(kind.__name__, "").split())
        assert set(kind.model_fields) == ALLOWED[kind] | out, f"{kind.__name__}: decide in coe/site/allowed.py who may read it"
        assert not ALLOWED[kind] & out
        assert not {name for name in out if kind.model_fields[name].is_required()}, "templates rely on what must be there"


class _Tomorrow(Coe):
    """A COE with a field that somebody adds to the model."""

    customer_names: Text = Field(description="Who called.")


def test_a_field_of_tomorrow_is_out() -> None:
    fields = {"id": "2026-07-14-pool", "title": "Checkout errors", "kind": "incident", "status": "closed", "severity": "SEV2",
              "owner_team": "payments", "customer_names": "Zebra Corp", "x-note": "Zebra"}  # fmt: skip
    made = public_noun(_Tomorrow.model_validate(fields), lambda text, _path, _kept: text)
    assert made is not None
    assert "Zebra" not in repr(made)
    assert not made.model_extra
    assert made.title == "Checkout errors"


def publication(folder: Path, audience: str | None = None) -> Publication:
    repository = find(folder)
    return Publication(collect(repository, folder), dt.date(2026, 8, 1), asked=audience)  # type: ignore[arg-type]


def several(folder: Path, config: str = "") -> Path:
    files = small_files() | {"coe.toml": config}
    for name, status, visibility in (
        ("a", "published", "public"), ("b", "closed", "public"), ("c", "in_review", "public"), ("d", "superseded", "public"),
        ("e", "published", "internal"), ("f", "published", "restricted"),
    ):  # fmt: skip
        files[f"coes/2026/2026-07-15-{name}.md"] = coe_text(f"2026-07-15-{name}", status=status, visibility=visibility)
    return write(folder, files)


@pytest.mark.parametrize(
    ("config", "audience", "shown"),
    [
        ("", None, "abcde pool"),
        ("", "public", "ab"),
        ("", "internal", "abcde pool"),
        ("", "restricted", "abcdef pool"),
        ('[site]\nvisibility = ["public"]\n', None, "ab"),
        ('[site]\nvisibility = ["public"]\n', "internal", "abcde pool"),
        ('[site]\nvisibility = ["internal"]\n', None, "e pool"),
        ('[site]\nvisibility = ["public", "restricted"]\n', None, "abcdf"),
        ('[site]\nvisibility = ["public", "restricted"]\n', "internal", "abcde pool"),
    ],
)
def test_the_option_takes_the_place_of_the_setting(tmp_path: Path, config: str, audience: str | None, shown: str) -> None:
    known = publication(several(tmp_path, config), audience)
    found = sorted(name[11:] for name in known.coes)
    letters, *rest = shown.split()
    assert found == sorted([*letters, *rest])
    assert set(known.coes) == {one.coe.id for one in known.corpus.analyses if one.coe}
    assert {row.source_id for row in known.actions} <= {*known.coes, *known.corpus.minutes}


def test_people_of_the_catalog_are_in_no_publication(tmp_path: Path) -> None:
    for audience in ("public", "internal", "restricted"):
        known = publication(several(tmp_path), audience)
        assert known.corpus.catalog is not None
        assert known.corpus.catalog.people == ()
        assert not any("secret-handle" in one.document.text for one in known.corpus.analyses)


def test_tenets_and_programs_are_for_the_public_only_when_they_are_named_and_minutes_never(tmp_path: Path) -> None:
    more = "learnings: [{id: L1, statement: Bound it., audience: public, tenet: static-stability, program: retry-budgets}]\n"
    files = small_files(status="published", visibility="public", more=more)
    known = publication(write(tmp_path / "a", files), "public")
    assert not known.corpus.tenets
    assert not known.corpus.programs
    assert known.coes["2026-07-14-pool"].learnings[0].tenet is None
    asked = publication(write(tmp_path / "b", files | {"coe.toml": '[site]\npublic = ["tenets", "programs"]\n'}), "public")
    assert list(asked.corpus.tenets) == ["static-stability"]
    assert asked.coes["2026-07-14-pool"].learnings[0].tenet == "static-stability"
    assert not asked.corpus.minutes


def test_an_id_that_holds_what_is_to_be_taken_out_stops_the_build(tmp_path: Path) -> None:
    files = small_files(status="published", visibility="public") | {"coe.toml": '[[site.redact]]\ntext = "pool"\n'}
    run = coe("build", "--audience", "public", cwd=write(tmp_path, files))
    assert run.returncode == 2
    assert "`id` is `2026-07-14-pool`, which holds `pool`" in run.stderr
    assert not (tmp_path / "site").exists()


def test_a_mark_that_stands_alone_stops_a_build_for_the_public(tmp_path: Path) -> None:
    files = small_files(status="published", visibility="public", body="The pool of cell-7</redact> was full.")
    folder = write(tmp_path, files)
    with pytest.raises(CoeError, match=r"2026-07-14-pool\.md:\d+: a mark stands alone"):
        assert publication(folder, "public").coes
    assert publication(folder, "internal").coes


def test_marks_are_words_for_people_inside(tmp_path: Path) -> None:
    files = small_files(body="The pool of <redact>cell-7</redact> was full.", title="Checkout of <redact>Acme</redact> failed")
    known = publication(write(tmp_path, files))
    analysis = known.coe_analyses["2026-07-14-pool"]
    assert known.coes["2026-07-14-pool"].title == "Checkout of Acme failed"
    assert "The pool of cell-7 was full." in analysis.document.text[analysis.document.body_start :]


def test_a_document_without_marks_is_the_same_one(tmp_path: Path) -> None:
    known = publication(several(tmp_path))
    assert known.coe_analyses["2026-07-15-a"] is known.whole.coes["2026-07-15-a"], "nothing is opened that need not be"


def test_pages_of_ones_own_are_for_the_public_only_when_that_is_asked_for(tmp_path: Path) -> None:
    files = small_files(status="published", visibility="public") | {
        "mkdocs.yml": "extra_css: [own.css]\nrepo_url: https://code.example.com/zebra\nnav: [{Words: words.md}]\n",
        "docs/words.md": "# Zebra words\n", "docs/own.css": "body{}", "docs/zebra.txt": "Zebra",
    }  # fmt: skip
    folder = write(tmp_path / "r", files)
    run = coe("build", "--audience", "public", cwd=folder)
    assert run.returncode == 0, run.stderr
    held = [file for file in (folder / "site").rglob("*") if file.is_file() and b"zebra" in file.read_bytes().lower()]
    assert held == []
    assert (folder / "site/own.css").is_file()
    write(folder, {"coe.toml": '[site]\npublic = ["pages"]\n'})
    assert coe("build", "--audience", "public", cwd=folder).returncode == 0
    assert "Zebra words" in (folder / "site/words/index.html").read_text("utf-8")


def test_the_digest_has_words_and_no_marks(tmp_path: Path) -> None:
    files = small_files(title="Checkout of <redact>Acme</redact> failed", more="created: 2026-07-15\n")
    run = coe("digest", "--week", "2026-W29", cwd=write(tmp_path, files))
    assert run.returncode == 0, run.stderr
    assert "Checkout of Acme failed" in run.stdout
    assert "redact" not in run.stdout
