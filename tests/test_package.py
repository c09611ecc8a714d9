"""The wheel is whole, and its core works without the site extra."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from coe import __version__

# One worker builds the wheel once for all of them.
pytestmark = pytest.mark.xdist_group("package")
ROOT = Path(__file__).parent.parent
# A checkout on the path would hide what the wheel lacks.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}


def run(*command: str | Path, cwd: Path, fine: tuple[int, ...] = (0,)) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, cwd=cwd, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode in fine, f"{command}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    [built] = out.glob("*.whl")
    return built


def test_the_wheel_holds_all_of_it(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("schema", "templates"):
        sources = [file.relative_to(ROOT).as_posix() for file in (ROOT / folder).rglob("*") if file.is_file()]
        assert sources
        assert {f"coe/_data/{source}" for source in sources} <= names
    code = {file.relative_to(ROOT).as_posix() for file in (ROOT / "coe").rglob("*.py")}
    assert code <= names
    assert "coe/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "examples/"))]


def test_the_archive_holds_what_its_tests_need(wheel: Path) -> None:
    import tarfile

    [archive] = wheel.parent.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert {"pyproject.toml", "tests/test_package.py", "examples/coe.toml", "schema/coe.schema.json", "LICENSE"} <= names


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the command of a fresh environment that has the wheel and nothing but its own dependencies."""
    home = tmp_path_factory.mktemp("fresh")
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
def test_the_core_works_without_the_site_extra(installed: Path, tmp_path: Path) -> None:
    assert run(installed, "--version", cwd=tmp_path).stdout == f"coe {__version__}\n"
    assert run(installed, "schema", "coe", cwd=tmp_path).stdout.startswith("{")
    assert run(installed, "init", cwd=tmp_path).returncode == 0
    run(installed, "new", "Checkout errors in Europe", "--date", "2026-07-14", cwd=tmp_path)
    assert "nothing to report" in run(installed, "check", cwd=tmp_path).stdout
    assert "nothing to report" in run(installed, "check", ROOT / "examples", cwd=tmp_path).stdout


@pytest.mark.network
def test_a_build_without_the_extra_says_what_to_install(installed: Path) -> None:
    done = run(installed, "build", ROOT / "examples", cwd=installed.parent, fine=(2,))
    assert "coekit[site]" in done.stderr
    assert "Traceback" not in done.stderr
