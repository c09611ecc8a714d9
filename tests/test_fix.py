"""Fixes never overlap, and are applied until nothing is left to change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from coe.check import Selection
from coe.cli.job import Job
from coe.cli.mended import fixed, write_mended, written
from coe.config import Config, Repository
from coe.diagnostic import Diagnostic, Edit, Fix, Safety, Severity
from coe.errors import CoeError
from coe.fix import MAX_ROUNDS, Fixed, Found, apply, converge
from coe.read import OnDisk, Source, read
from coe.text import Span
from coe.write import write_text

TEXT = "abcdef"
SAFE: frozenset[Safety] = frozenset({"safe"})


def found(*edits: tuple[int, int, str], safety: Safety = "safe", rule: str = "rule", text: str = TEXT) -> Diagnostic:
    fix = Fix(safety, tuple(Edit(Span(start, end), new) for start, end, new in edits))
    return Diagnostic(rule, "TST101", Severity.WARNING, "message", Source("a.md", text), Span(0, 1), fix=fix)


@pytest.mark.parametrize(
    ("fixes", "expected"),
    [
        ([found((0, 3, "X")), found((2, 5, "Y"))], "Xdef"),
        ([found((2, 5, "Y")), found((0, 3, "X"))], "Xdef"),
        ([found((0, 6, "X")), found((2, 3, "Y"))], "X"),
        ([found((1, 2, "X")), found((1, 2, "Y"), rule="second")], "aXcdef"),
        ([found((3, 3, "X")), found((3, 3, "X"), rule="second")], "abcXdef"),
        ([found((0, 2, "X")), found((2, 4, "Y"))], "XYef"),
        ([found((0, 1, "X"), (4, 5, "X")), found((4, 6, "Y"))], "XbcdXf"),
        ([found((0, 1, "X"), safety="unsafe")], TEXT),
    ],
)
def test_of_two_fixes_that_overlap_the_first_is_taken(fixes: list[Diagnostic], expected: str) -> None:
    assert apply(TEXT, fixes, SAFE) == expected


def test_what_overlapped_is_fixed_in_the_next_round() -> None:
    def look(text: str) -> list[Diagnostic]:
        return [found((at, at + 2, "b"), text=text) for at in range(len(text) - 1) if text[at : at + 2] == "aa"]

    (fixed,) = converge([Source("a.md", "aaaa")], {0: look("aaaa")}, lambda texts: {0: look(texts[0])}, SAFE)
    assert fixed.after == "bb"
    assert look(fixed.after) == []


def test_fixes_that_never_settle_come_to_an_end() -> None:
    rounds: list[str] = []

    def recheck(texts: Mapping[int, str]) -> Found:
        rounds.append(texts[0])
        return {0: [found((0, 0, "x"), text=texts[0])]}

    (fixed,) = converge([Source("a.md", "")], {0: [found((0, 0, "x"), text="")]}, recheck, SAFE)
    assert rounds == ["x" * times for times in range(1, MAX_ROUNDS + 1)]
    assert fixed.after == rounds[-1]


def test_texts_are_looked_at_again_once_a_round_and_only_those_that_changed() -> None:
    rounds: list[dict[int, str]] = []

    def recheck(texts: Mapping[int, str]) -> Found:
        rounds.append(dict(texts))
        return {at: [found((0, 1, "c"), text=text)] if text == "b" else [] for at, text in texts.items()}

    sources = [Source(name, "a") for name in ("one.md", "two.md", "three.md")]
    first = {0: [found((0, 1, "b"), text="a")], 1: [found((0, 1, "c"), text="a")], 2: []}
    assert [one.after for one in converge(sources, first, recheck, SAFE)] == ["c", "c"]
    assert rounds == [{0: "b", 1: "c"}, {0: "c"}]


def test_a_tab_that_is_a_part_of_a_key_is_left_to_its_author(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("---\nx-li\tmit: 12\n---\n\nText.\n", "utf-8")
    job = Job(Repository(tmp_path, Config()), Selection())
    job.read_paths([tmp_path])
    assert [one.rule for one in job.check()] == ["refused-by-another-reader"]
    assert fixed(job, SAFE) == []


def test_a_file_that_cannot_be_written_stands_in_the_way_of_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(file: Path, text: str, *, bom: bool = False) -> None:
        if file.name == "locked.md":
            raise CoeError(f"cannot write {file}: Permission denied")
        write_text(file, text, bom=bom)

    monkeypatch.setattr("coe.write.write_text", refuse)
    files = [tmp_path / name for name in ("locked.md", "open.md")]
    for file in files:
        file.write_text("old", "utf-8")
    with pytest.raises(CoeError, match=r"cannot write .*locked\.md"):
        write_mended(Fixed(read(file), "new") for file in files)
    assert [file.read_text("utf-8") for file in files] == ["old", "new"]
    assert capsys.readouterr().err == "1 file changed.\n"


@pytest.mark.parametrize("source", [read, lambda file: OnDisk(file.name, file)])
def test_what_an_editor_saved_in_between_is_not_lost(tmp_path: Path, source: Callable[[Path], Source]) -> None:
    file = tmp_path / "notes.md"
    file.write_text("old", "utf-8")
    before = source(file)
    assert before.digest
    file.write_text("saved by an editor", "utf-8")
    with pytest.raises(CoeError, match="was changed while it was looked at"):
        write_mended([Fixed(before, "new")])
    assert file.read_text("utf-8") == "saved by an editor"


def test_fixes_leave_a_run_the_paths_that_it_was_given(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "notes.md").write_text("The steps:\n- one\n", "utf-8")
    job = Job(Repository(tmp_path, Config()), Selection())
    job.read_paths([tmp_path / "docs"])
    folders = job.folders()
    assert written(job, fixed(job, SAFE)).folders() == folders
