"""What other linters find in the same texts; those that are not installed are named as absent."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
NODE_PEERS = ("alex", "retext-equality", "write-good")
PACKAGES = ("alex", "retext", "retext-equality", "write-good")
_WORD = re.compile(r"[\w-]+")
_PROSELINT = """
import json, sys
from importlib.metadata import version
import proselint.checks
from proselint.config import DEFAULT
from proselint.registry import CheckRegistry
from proselint.tools import LintFile
CheckRegistry().register_many(proselint.checks.__register__)
texts = json.load(sys.stdin)
counts = [len(LintFile("text", text).lint(DEFAULT)) if text.strip() else 0 for text in texts]
print(json.dumps({"version": version("proselint"), "any": counts, "relevant": None}))
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """One linter's findings per text; without counts it is absent, and `remark` says why."""

    name: str
    counts: tuple[int, ...] | None
    remark: str = ""


def baseline(texts: Sequence[str]) -> Peer:
    """Return what a plain list of words finds."""
    lines = (HERE / "words.txt").read_text("utf-8").splitlines()
    words = {word for line in lines if not line.startswith("#") for word in line.split()}
    counts = tuple(sum(word in words for word in _WORD.findall(text.lower())) for text in texts)
    return Peer(f"a list of {len(words)} words", counts)


def install(folder: Path) -> None:
    """Install the peers into a folder, with the package managers that are there."""
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.which("npm"):
        (folder / "package.json").write_text('{"private": true}\n', "utf-8")
        subprocess.run(["npm", "install", "--silent", "--no-fund", "--no-audit", *PACKAGES], cwd=folder, check=False)
    if shutil.which("python3"):
        subprocess.run(["python3", "-m", "venv", str(folder / "py")], check=False)
        subprocess.run([str(folder / "py" / "bin" / "python"), "-m", "pip", "install", "--quiet", "proselint"], check=False)


def peers(texts: Sequence[str], folder: Path) -> tuple[Peer, ...]:
    """Return what each peer that is installed in a folder finds."""
    return (baseline(texts), *_node(texts, folder), *_proselint(texts, folder))


def _node(texts: Sequence[str], folder: Path) -> tuple[Peer, ...]:
    if not shutil.which("node"):
        return tuple(Peer(name, None, "node is not installed") for name in NODE_PEERS)
    asked = json.dumps({"folder": str(folder.resolve()), "texts": list(texts)})
    done = subprocess.run(["node", str(HERE / "peers.mjs")], input=asked, capture_output=True, text=True, check=False)
    if done.returncode:
        return tuple(Peer(name, None, "node ended with an error") for name in NODE_PEERS)
    found = json.loads(done.stdout)
    out: list[Peer] = []
    for name in NODE_PEERS:
        out += _rows(name, found[name]) if "any" in found[name] else [Peer(name, None, f"not found: {found[name]['error']}")]
    return tuple(out)


def _rows(name: str, found: dict[str, list[int]]) -> list[Peer]:
    """Return a peer with all its rules, and once more with the relevant ones where it has such."""
    whole = Peer(f"{name} {found['version']}, any finding", tuple(found["any"]))
    if not found["relevant"]:
        return [whole]
    return [whole, Peer(f"{name} {found['version']}, relevant rules", tuple(found["relevant"]))]


def _proselint(texts: Sequence[str], folder: Path) -> tuple[Peer, ...]:
    python = folder / "py" / "bin" / "python"
    if not python.exists():
        return (Peer("proselint", None, "not found"),)
    done = subprocess.run(
        [str(python), "-c", _PROSELINT], input=json.dumps(list(texts)), capture_output=True, text=True, check=False
    )
    if done.returncode:
        return (Peer("proselint", None, "ended with an error"),)
    return tuple(_rows("proselint", json.loads(done.stdout)))
