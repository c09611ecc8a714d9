"""The wheel is whole, and its core works without the site extra."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from coe import __version__

ROOT = Path(__file__).parent.parent
# A checkout on the path would hide what the wheel lacks.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}


def run(*command: str | Path, cwd: Path, fine: tuple[int, ...] = (0,)) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, cwd=cwd, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode in fine, f"{command}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done


def build(out: Path) -> tuple[Path, Path]:
    """Return the wheel and the source archive, built without the network."""
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    [wheel], [archive] = out.glob("*.whl"), out.glob("*.tar.gz")
    return wheel, archive


def test_wheel_and_archive_are_whole(tmp_path: Path) -> None:
    wheel, archive = build(tmp_path)
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("schema", "templates"):
        sources = [file.relative_to(ROOT).as_posix() for file in (ROOT / folder).rglob("*") if file.is_file()]
        assert sources
        assert {f"coe/_data/{source}" for source in sources} <= names
    code = {file.relative_to(ROOT).as_posix() for file in (ROOT / "coe").rglob("*.py")}
    assert code <= names
    assert "coe/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "examples/"))]
    with tarfile.open(archive) as opened:
        held = {name.partition("/")[2] for name in opened.getnames()}
    assert {"pyproject.toml", "tests/test_package.py", "examples/coe.toml", "schema/coe.schema.json", "LICENSE"} <= held


def install(wheel: Path, home: Path) -> Path:
    """Return the command in a fresh environment that has the wheel and nothing but what it needs itself."""
    venv.create(home, with_pip=True)
    pip = run(
        home / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
        "--constraint", ROOT / "constraints.txt", wheel, cwd=home, fine=(0, 1),
    )  # fmt: skip
    if pip.returncode and "CI" not in os.environ:
        pytest.skip(f"the dependencies could not be installed: {pip.stderr.strip().splitlines()[-1]}")
    assert pip.returncode == 0, pip.stderr
    return home / "bin" / "coe"


@pytest.mark.network
def test_the_core_works_without_the_site_extra(tmp_path: Path) -> None:
    wheel, _ = build(tmp_path)
    coe = install(wheel, tmp_path / "venv")
    here = tmp_path / "repository"
    here.mkdir()
    assert run(coe, "--version", cwd=here).stdout == f"coe {__version__}\n"
    assert run(coe, "schema", "coe", cwd=here).stdout.startswith("{")
    run(coe, "init", cwd=here)
    run(coe, "new", "Checkout errors in Europe", "--date", "2026-07-14", cwd=here)
    assert "nothing to report" in run(coe, "check", cwd=here).stdout
    assert "nothing to report" in run(coe, "check", ROOT / "examples", cwd=here).stdout
    assert run(coe, "digest", ROOT / "examples", "--week", "2025-W47", cwd=here).stdout.startswith("# ")
    build_without = run(coe, "build", here, cwd=here, fine=(2,))
    assert "coekit[site]" in build_without.stderr
    assert "Traceback" not in build_without.stderr
    assert not (here / "site").exists()
