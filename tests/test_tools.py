"""The tools around the code do what the Makefile says of them."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tools.changelog import fragments, inserted, release

ROOT = Path(__file__).parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}


def run(*command: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, env=ENVIRONMENT, capture_output=True, text=True, check=False)


def files(folder: Path) -> dict[Path, bytes]:
    return {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_generated_coes_are_valid_and_the_same_for_a_seed(tmp_path: Path) -> None:
    for name in ("one", "two"):
        done = run(sys.executable, "benchmarks/generate.py", str(tmp_path / name), "--count", "25", "--seed", "7")
        assert done.returncode == 0, done.stderr
    texts = {
        name: {
            file.relative_to(tmp_path / name): file.read_bytes() for file in (tmp_path / name).rglob("*.*") if file.is_file()
        }
        for name in ("one", "two")
    }
    assert texts["one"] == texts["two"]
    coes = [text for path, text in texts["one"].items() if path.parts[0] == "coes"]
    assert len(coes) == 25
    assert len(set(coes)) == 25
    assert 7_500 < sum(map(len, coes)) / 25 < 9_000
    checked = run(sys.executable, "-m", "coe", "check", str(tmp_path / "one"))
    assert "nothing to report" in checked.stdout, checked.stdout + checked.stderr


def test_the_generator_does_not_write_into_a_folder_in_use(tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("mine")
    done = run(sys.executable, "benchmarks/generate.py", str(tmp_path), "--count", "1")
    assert done.returncode == 2
    assert [file.name for file in tmp_path.iterdir()] == ["mine.md"]


def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(sys.executable, "tools/port.py", str(port))
    assert done.returncode == 1
    assert f"port {port} of 127.0.0.1 is taken" in done.stderr


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_alone_lists_the_targets() -> None:
    done = run("make", "--no-print-directory")
    listed = re.findall(r"^  make (\S+) +\S", done.stdout, flags=re.MULTILINE)
    assert done.returncode == 0
    assert {"demo", "site", "test", "check", "format", "docs", "bench", "screenshots", "constraints", "clean"} <= set(listed)
    rules = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))
    assert set(listed) <= rules


def test_constraints_are_exact_versions_and_name_no_place() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert len(lines) > 40
    assert not [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line)]


def test_fragments_become_a_section_of_the_changelog(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("How to")
    (tmp_path / "places.added.md").write_text("Findings have\nplaces.\n")
    (tmp_path / "crash.fixed.md").write_text("An empty file is read.\n")
    section = release("0.2.0", "2026-12-01", fragments(tmp_path))
    assert section == (
        "## 0.2.0 (2026-12-01)\n\n### Added\n\n- Findings have places.\n\n### Fixed\n\n- An empty file is read.\n"
    )
    before = "# Changelog\n\n<!-- releases -->\n\n## 0.1.0 (2026-11-22)\n"
    assert inserted(before, section) == f"# Changelog\n\n<!-- releases -->\n\n{section}\n## 0.1.0 (2026-11-22)\n"


def test_a_fragment_without_a_kind_is_told(tmp_path: Path) -> None:
    (tmp_path / "places.md").write_text("x")
    with pytest.raises(ValueError, match=r"places\.md: name it WORDS\.KIND\.md"):
        fragments(tmp_path)


def test_our_own_fragments_are_well_named() -> None:
    fragments(ROOT / "changelog.d")
