"""A PDF on a terminal: refused before anything is read or printed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals")
@pytest.mark.parametrize("output", [[], ["--output", "review.pdf"]])
def test_a_pdf_is_kept_off_the_terminal(tmp_path: Path, output: list[str]) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-W", "ignore", "-m", "coe", "digest", "no-such-folder", "--format", "pdf", *output]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdout=theirs, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    os.close(theirs)
    _, said = process.communicate(timeout=60)
    try:
        shown = os.read(ours, 100)
    except OSError:  # the other end is closed, and nothing was written
        shown = b""
    os.close(ours)
    assert process.returncode == 2
    # With a file the terminal does not matter: the run goes on, to the folder that is not there.
    assert ("a PDF is nothing for a terminal" in said) is (output == [])
    assert ("no-such-folder" in said) is (output != [])
    assert shown == b""
