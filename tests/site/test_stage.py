"""Staging writes what changed and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from coe.errors import CoeError
from coe.site.stage import Staged, stage


def test_a_file_is_written_only_when_its_bytes_change(tmp_path: Path) -> None:
    assert stage(tmp_path, {"a/x.md": b"1", "b/y.md": b"2"}) == Staged(2, 0)
    os.utime(tmp_path / "a/x.md", (1, 1))
    os.utime(tmp_path / "b/y.md", (1, 1))
    assert stage(tmp_path, {"a/x.md": b"1", "b/y.md": b"3"}) == Staged(1, 0)
    assert (tmp_path / "a/x.md").stat().st_mtime == 1
    assert (tmp_path / "b/y.md").read_bytes() == b"3"


def test_what_is_left_over_goes_away(tmp_path: Path) -> None:
    stage(tmp_path, {"a/x.md": b"1", "b/y.md": b"2"})
    assert stage(tmp_path, {"a/x.md": b"1"}) == Staged(0, 1)
    assert not (tmp_path / "b").exists()


def test_a_link_in_the_way_is_replaced_and_what_it_names_stays(tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_bytes(b"keep")
    folder = tmp_path / "staging"
    folder.mkdir()
    (folder / "x.md").symlink_to(outside)
    stage(folder, {"x.md": b"new"})
    assert outside.read_bytes() == b"keep"
    assert (folder / "x.md").read_bytes() == b"new"


def test_a_staging_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "letter.txt").write_text("mine")
    (tmp_path / "staging").symlink_to(home)
    with pytest.raises(CoeError, match="is a link"):
        stage(tmp_path / "staging", {"x.md": b"1"})
    assert (home / "letter.txt").read_text() == "mine"
