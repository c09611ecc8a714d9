"""What the shell offers, asked as the shells ask."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from test_cli_check import ROOT, coe

EXAMPLES = Path(__file__).parents[1] / "examples"


def offered(*words: str, cwd: Path = EXAMPLES) -> list[str]:
    world = {"_COE_COMPLETE": "complete_bash", "COMP_WORDS": " ".join(("coe", *words)), "COMP_CWORD": str(len(words))}
    # The shell asks the command by its own name, which `python -m` does not have.
    command = Path(sys.executable).with_name("coe")
    run = subprocess.run(
        command, cwd=cwd, env=os.environ | {"PYTHONPATH": ROOT} | world, capture_output=True, timeout=60, check=False
    )
    assert run.stderr == b""
    return run.stdout.decode().split()


def test_rules_are_offered_by_name() -> None:
    assert offered("explain", "naive") == ["naive-time"]
    assert "language" in offered("check", "--select", "la")
    assert offered("check", "--ignore", "absolutes,naive") == ["absolutes,naive-time"]


@pytest.mark.parametrize("shell", ["fish", "zsh"])
def test_what_a_rule_is_about_is_told_on_one_line(shell: str) -> None:
    world = {
        "_COE_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": "coe explain human-f",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    command = Path(sys.executable).with_name("coe")
    environment = os.environ | {"PYTHONPATH": ROOT, "COLUMNS": "40"} | world
    run = subprocess.run(command, cwd=EXAMPLES, env=environment, capture_output=True, timeout=60, check=False)
    assert "human-factors-alone" in run.stdout.decode()
    assert len(run.stdout.decode().splitlines()) == 1


@pytest.mark.parametrize("command", [("next",), ("set",), ("add", "event")])
def test_documents_are_offered_by_id(command: tuple[str, ...]) -> None:
    assert offered(*command, "2017-02") == ["2017-02-28-aws-s3-us-east-1"]


def test_a_path_is_left_to_the_shell() -> None:
    assert offered("next", "coes/2017") == []


def test_a_broken_configuration_offers_nothing_and_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "coe.toml").write_text("[lint\n")
    assert offered("next", "2017", cwd=tmp_path) == []


def test_an_id_stands_for_its_file() -> None:
    by_id = coe("next", "2017-02-28-aws-s3-us-east-1", cwd=EXAMPLES)
    by_path = coe("next", "coes/2017/2017-02-28-aws-s3-us-east-1.md", cwd=EXAMPLES)
    assert by_id.stdout == by_path.stdout != ""
    unknown = coe("next", "2017-02-28-aws", cwd=EXAMPLES)
    assert unknown.returncode == 2
    assert "is no file" in unknown.stderr
