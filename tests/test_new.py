"""`coe new`: a draft that teaches, that the checker takes as a draft, and that never costs a file."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from coe.cli.new import Kind, Level
from coe.config import Config, Repository
from coe.corpus import analyse
from coe.errors import CoeError
from coe.model.coe import Coe, SeverityLevel
from coe.model.validate import Analysis
from coe.read import Source
from coe.rule import all_rules
from coe.scaffold.draft import Draft, clean_title, date_of, id_of, plain, slug_of, write_draft

DAY = dt.date(2026, 7, 14)
TITLE = "Checkout errors in Europe: connection pool exhausted"
REPOSITORY = Repository(Path("/example"), Config())


def coe(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "coe", *arguments],
        check=False, cwd=folder, capture_output=True, text=True, encoding="utf-8", stdin=subprocess.DEVNULL,
    )  # fmt: skip


def draft(title: str = TITLE, kind: str = "incident", **more: object) -> Draft:
    given = {"severity": "SEV3", "owner_team": "payments", **more}
    return Draft(id_of(DAY, title, kind), title, DAY, DAY, kind=kind, **given)  # type: ignore[arg-type]


def analysis(text: str) -> Analysis:
    return analyse(Source("draft.md", text, Path("/example/coes/2026/draft.md")), REPOSITORY)


@pytest.mark.parametrize("kind", ["incident", "near_miss", "exercise"])
@pytest.mark.parametrize("services", [(), ("checkout", "on")])
def test_draft_is_what_was_asked_for(kind: str, services: tuple[str, ...]) -> None:
    one = analysis(write_draft(draft(kind=kind, services=services, timezone="Europe/Berlin")))
    assert one.flaws == ()
    noun = one.coe
    assert noun is not None
    assert (noun.id, noun.title, noun.kind, noun.status) == (id_of(DAY, TITLE, kind), TITLE, kind, "draft")
    assert tuple(service.id for service in noun.services) == services
    assert (noun.impact is None) is (kind != "incident")
    if noun.impact:
        assert noun.impact.windows[0].start.isoformat() == "2026-07-14T00:00:00+02:00"


@pytest.mark.parametrize("kind", ["incident", "near_miss"])
def test_every_field_that_is_off_is_valid_when_turned_on(kind: str) -> None:
    text = write_draft(draft(kind=kind))
    off = re.compile(r"^#(?=[a-z_]+:| +(?:- )?[a-z_]+:)", re.MULTILINE)
    assert len(off.findall(text)) > 25
    one = analysis(off.sub("", text))
    assert [(flaw.rule, flaw.message) for flaw in one.flaws] == []
    assert isinstance(one.noun, Coe)
    assert one.noun.timeline
    assert one.noun.action_items[0].addresses == ("C1",)


def test_draft_has_all_sections_with_guidance() -> None:
    one = analysis(write_draft(draft()))
    assert [section.title for section in one.document.body.sections] == [
        "What happened",
        "Why it happened",
        "What made it shorter or longer",
        "What we learned and what changes",
    ]
    for section in one.document.body.sections:
        below = one.document.text[section.content.start : section.content.end]
        assert "<!--" in below
        assert "TODO" in below


def test_lines_are_short_enough_to_read() -> None:
    text = write_draft(draft())
    assert max(map(len, text.splitlines())) <= 120
    assert len(text.splitlines()) < 150


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Checkout errors in Europe", "checkout-errors-in-europe"),
        ("Zürich: café Ærø down, Łódź fine", "zurich-cafe-aero-down-lodz-fine"),
        ("Users can't log in", "users-cant-log-in"),
        ("Users can\u2019t log in", "users-cant-log-in"),
        ("結帳服務在歐洲發生錯誤結帳服務", "incident"),
        ("Сбой оплаты в Европе", "incident"),
        ("🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉", "incident"),
        ("503 503 503 503", "incident"),
        ("../../etc/passwd is gone", "etc-passwd-is-gone"),
        ("x" * 120, "x" * 60),
        ("word " * 24, "word-" * 11 + "word"),
    ],
)
def test_slug(title: str, slug: str) -> None:
    assert slug_of(title, "incident") == slug


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Too short", "9 characters; 10 to 120"),
        ("x" * 121, "121 characters"),
        ("   short    ", "5 characters"),
        ("Checkout\x1b[31m errors", "U+001B"),
        ("Checkout\nerrors in Europe", "U+000A"),
        ("Checkout \u202e errors", "U+202E"),
        ("Checkout \x85 errors", "U+0085"),
        ("Checkout \u2028 errors", "U+2028"),
        ("Checkout \udcff errors", "U+DCFF"),
    ],
)
def test_titles_that_cannot_be(title: str, said: str) -> None:
    with pytest.raises(CoeError, match=re.escape(said)):
        clean_title(title)


@settings(max_examples=150, deadline=None)
@given(st.text(min_size=10, max_size=120))
def test_any_title_that_is_taken_comes_back_from_the_draft(text: str) -> None:
    try:
        title = clean_title(text)
    except CoeError:
        return
    one = analysis(write_draft(draft(title)))
    assert one.flaws == ()
    assert one.coe is not None
    assert one.coe.title == title
    assert date_of(one.coe.id) == DAY


@pytest.mark.parametrize(
    "title", ["a: b # c - [d] {e}", "--- is not a title", '"quoted" \\ and\\n', "'single' & *star", "Ünïcödé 🎉 👩‍🚒"]
)
def test_other_readers_of_yaml_read_the_same_title(title: str) -> None:
    text = write_draft(draft(title))
    assert YAML(typ="safe", pure=True).load(text.split("\n---\n")[0])["title"] == title


@pytest.mark.parametrize("word", ["no", "on", "y", "null", "2026", "0x1f", "1e3"])
def test_words_that_yaml_takes_for_something_else_are_quoted(word: str) -> None:
    assert plain(word) == f'"{word}"'
    assert plain("payments-2") == "payments-2"


def test_options_are_those_of_the_model() -> None:
    assert tuple(Level) == get_args(SeverityLevel)
    assert tuple(Kind) == get_args(Coe.model_fields["kind"].annotation)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    assert coe(tmp_path, "init").returncode == 0
    return tmp_path


def test_a_new_repository_and_a_draft_pass_the_check(repository: Path) -> None:
    empty = coe(repository, "check")
    assert (empty.returncode, empty.stderr) == (0, "")
    made = coe(repository, "new", TITLE, "--date", "2026-07-14", "--service", "your-service", "--severity", "sev2")
    path = "coes/2026/2026-07-14-checkout-errors-in-europe-connection-pool-exhausted.md"
    assert (made.returncode, made.stdout) == (0, f"{path}\n")
    assert f"coe check {path}" in made.stderr
    assert "severity: SEV2" in (repository / path).read_text("utf-8")
    checked = coe(repository, "check")
    assert checked.returncode == 0, checked.stdout


@pytest.mark.skipif("placeholder" not in {rule.name for rule in all_rules()}, reason="there is no rule `placeholder`")
def test_in_review_the_check_says_what_is_left(repository: Path) -> None:
    made = coe(repository, "new", TITLE)
    file = repository / made.stdout.strip()
    file.write_text(file.read_text("utf-8").replace("status: draft", "status: in_review"), encoding="utf-8")
    checked = coe(repository, "check", "--output-format", "concise")
    assert checked.returncode == 1
    assert checked.stdout.count("[placeholder]") == 4, "one for each section that is still to be written"


def test_an_existing_file_is_kept(repository: Path) -> None:
    first = coe(repository, "new", TITLE, "--date", "2026-07-14")
    file = repository / first.stdout.strip()
    file.write_text("mine")
    second = coe(repository, "new", TITLE, "--date", "2026-07-14")
    assert (second.returncode, second.stdout) == (2, "")
    assert f"{first.stdout.strip()} exists already" in second.stderr
    assert file.read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "a title is missing"),
        (("Too short",), "9 characters"),
        ((TITLE, "--date", "2026-02-30"), "`2026-02-30` is not a day"),
        ((TITLE, "--date", "14.7.2026"), "is not a day"),
        ((TITLE, "--date", "0001-01-01"), "not near any event"),
        ((TITLE, "--team", "yuor-team"), "Did you mean `your-team`?"),
        ((TITLE, "--service", "x: y"), "cannot be the id of a service"),
        ((TITLE, "--output", "checkout.md"), "cannot be the name of a COE"),
        ((TITLE, "--output", "2026-07-14-checkout.txt"), "cannot be the name of a COE"),
        ((TITLE, "--output", "2026-07-14-checkout.md", "--date", "2026-07-15"), "the file's name 2026-07-14"),
        ((TITLE, "--output", "coe.toml/2026-07-14-checkout.md"), "coe.toml"),
    ],
)
def test_bad_input_is_told_and_writes_nothing(repository: Path, arguments: tuple[str, ...], said: str) -> None:
    before = sorted(repository.rglob("*"))
    run = coe(repository, "new", *arguments)
    assert (run.returncode, run.stdout) == (2, "")
    assert said in run.stderr
    assert "Traceback" not in run.stderr
    assert sorted(repository.rglob("*")) == before


def test_output_names_the_file_and_the_day(repository: Path) -> None:
    run = coe(repository, "new", TITLE, "--output", "notes/2026-07-14-checkout.md")
    text = (repository / "notes/2026-07-14-checkout.md").read_text("utf-8")
    assert run.stdout == "notes/2026-07-14-checkout.md\n"
    assert "id: 2026-07-14-checkout\n" in text
    assert "start: 2026-07-14T00:00:00Z" in text


def test_a_template_of_the_repository_shadows_ours(repository: Path) -> None:
    (repository / "templates/new/coe.md.j2").write_text("{{ title }} by {{ owner_team }}\n")
    run = coe(repository, "new", TITLE)
    assert (repository / run.stdout.strip()).read_text() == f'"{TITLE}" by your-team\n'
    (repository / "templates/new/coe.md.j2").write_text("{{ titel }}\n")
    broken = coe(repository, "new", f"{TITLE} twice")
    assert (broken.returncode, broken.stdout) == (2, "")
    assert "coe.md.j2" in broken.stderr
    assert "Traceback" not in broken.stderr


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals")
def test_a_terminal_is_asked_for_the_title(repository: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "coe", "new"], cwd=repository, stdin=theirs, stderr=theirs, stdout=subprocess.PIPE, text=True
    )
    os.close(theirs)
    os.write(ours, b"short\nCheckout errors in Europe\n")
    out, _ = process.communicate(timeout=60)
    os.close(ours)
    assert process.returncode == 0
    assert out.strip().endswith("checkout-errors-in-europe.md")
    assert (repository / out.strip()).is_file()
