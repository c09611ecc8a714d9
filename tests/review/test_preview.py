"""`coe preview`: what reviewers of a pull request see of a COE."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from markdown_it import MarkdownIt

sys.path.insert(0, str(Path(__file__).parents[1]))

from test_cli_check import coe

EXAMPLES = Path(__file__).parents[2] / "examples"
S3 = "coes/2017/2017-02-28-aws-s3-us-east-1.md"
HOSTILE = "<script>alert(1)</script> @everyone [x](javascript:x) | `a` ![i](http://h/i.png)"


def test_a_coe_is_shown_with_its_metrics_and_the_moments_that_they_span() -> None:
    done = coe("preview", S3, cwd=EXAMPLES)
    assert done.returncode == 0
    assert "| Time to mitigate | 4 h 17 min | impact start 2017-02-28 17:37:00 | mitigated 2017-02-28 21:54:00 |" in done.stdout
    assert "Timeline (8 events)" in done.stdout
    assert "Nothing is missing for closed." in done.stdout


def test_what_the_next_status_needs_is_what_coe_next_asks_for(tmp_path: Path) -> None:
    (tmp_path / "coe.toml").write_text("")
    made = coe("new", "Checkout errors in Europe", "--team", "payments", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    file = next(tmp_path.rglob("coes/**/*.md"))
    asked = coe("next", str(file), cwd=tmp_path).stdout
    shown = coe("preview", cwd=tmp_path).stdout
    wanted = [line.split(". ", 1)[1] for line in asked.splitlines() if line[:2].strip().isdigit()]
    assert wanted
    assert [line.split("`")[1] for line in shown.splitlines() if line.startswith("- `")] == wanted


def test_words_of_a_document_stay_words(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "repository", ignore=shutil.ignore_patterns("site", ".coe"))
    file = tmp_path / "repository" / S3
    text = file.read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith("title:"))
    file.write_text(text.replace(line, f"title: '{HOSTILE}'"), "utf-8")
    done = coe("preview", S3, cwd=tmp_path / "repository")
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(done.stdout)
    assert "alert(1)" in html
    assert not [tag for tag in ("<script", "<img", "<a ", 'javascript:x"') if tag in html]
    assert "@everyone" not in done.stdout


def test_a_file_that_cannot_be_read_is_named_and_ends_nothing() -> None:
    done = coe("preview", "tests/fixtures/flawed", cwd=Path(__file__).parents[2])
    assert done.returncode == 0
    assert done.stdout.count("cannot be read as a COE yet") >= 3
    assert "Traceback" not in done.stderr


def test_what_does_not_fit_a_summary_is_counted(tmp_path: Path) -> None:
    (tmp_path / "coe.toml").write_text("")
    text = (EXAMPLES / S3).read_text("utf-8")
    for number in range(120):
        file = tmp_path / f"coes/2017/2017-02-{number:03}-s3.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    shown = coe("preview", cwd=tmp_path).stdout
    assert len(shown.encode("utf-8")) < 201_000
    whole = shown.count("### S3 in US-EAST-1")
    assert 10 < whole < 120
    assert shown.splitlines()[-1] == f"{120 - whole} more COEs changed and are not shown here."


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    done = coe("preview", "nowhere.md", cwd=tmp_path)
    assert done.returncode == 2
    assert "nowhere.md does not exist" in done.stderr
