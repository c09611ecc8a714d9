"""How files are written where the system lets nobody take the place of an open one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from coe import write
from coe.errors import CoeError


@pytest.fixture
def refusals(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list of as many entries as there will be refusals to put one file in the place of another."""
    left: list[int] = []
    replace = Path.replace

    def refusing(self: Path, target: Path) -> Path:
        if left:
            left.pop()
            raise PermissionError(13, "Access is denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refusing)
    monkeypatch.setattr(write, "_WAITS", (0.0, 0.0))
    return left


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_file_that_is_held_for_a_moment_is_waited_for(tmp_path: Path, refusals: list[int], count: int) -> None:
    (tmp_path / "a.md").write_text("old")
    refusals += [0] * count
    write.write_text(tmp_path / "a.md", "new")
    assert (tmp_path / "a.md").read_text() == "new"
    assert [one.name for one in tmp_path.iterdir()] == ["a.md"]


def test_a_file_that_stays_held_is_told_of_and_left_as_it_is(tmp_path: Path, refusals: list[int]) -> None:
    (tmp_path / "a.md").write_text("old")
    refusals += [0] * 3
    with pytest.raises(CoeError, match=r"cannot write .*a\.md: Access is denied"):
        write.write_text(tmp_path / "a.md", "new")
    assert (tmp_path / "a.md").read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.md"]


def test_a_name_as_long_as_the_system_takes_can_be_written(tmp_path: Path) -> None:
    file = tmp_path / f"{'n' * 252}.md"
    write.write_text(file, "new")
    write.write_text(file, "newer")
    assert file.read_text() == "newer"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give a file away")
def test_a_file_that_root_mends_stays_that_of_its_owner(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("old")
    file.chmod(0o640)
    os.chown(file, 1234, 5678)
    write.write_text(file, "new")
    state = file.stat()
    assert (file.read_text(), state.st_uid, state.st_gid, state.st_mode & 0o7777) == ("new", 1234, 5678, 0o640)
